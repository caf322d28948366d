import type { Language } from '../../../../shared/protocol/fields';
import type { SeededRandom } from '../random';

/** What people in a simulated year are called and say: enough different words that a search has something to look for. */

const givenNames = [
  ...['Mei', 'Oliver', 'Sofia', 'Noah', 'Fatima', 'Emma', 'Lucas', 'Priya', 'Hugo', 'Amélie', 'Jonas', 'Zoë'],
  ...['Ingrid', 'Tomás', 'Aisha', 'Björn', 'Chloé', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hannah', 'Ivan', 'Júlia'],
  ...['Kenji', 'Leila', 'Marek', 'Nadia', 'Otto', 'Paula', 'Quinn', 'Rosa', 'Samir', 'Tess', 'Umar', 'Vera', 'Wim'],
] as const;
const familyNames = [
  ...['Chen', 'Grant', 'Rossi', 'Fischer', 'Zahra', 'Larsen', 'Martin', 'Nair', 'Lind', 'Okafor', 'Silva', 'Novák'],
  ...['Müller', 'Haddad', 'Ibrahim', 'Jensen', 'Kowalski', 'Lefèvre', 'Moreau', 'Nguyen', 'Olsen', 'Petrov', 'Quist'],
  ...['Ramos', 'Schmidt', 'Tanaka', 'Ulrich', 'Varga', 'Weber', 'Ximénez', 'Yılmaz', 'Zhou', 'Becker', 'Diallo'],
] as const;
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const given = '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建华国志文斌宇浩然子涵欣怡梓轩雨晨嘉琪思远诗涵晓东';
const syllables = [
  'ba',
  'cor',
  'den',
  'fi',
  'gra',
  'hol',
  'in',
  'jul',
  'ke',
  'lor',
  'mi',
  'nov',
  'os',
  'pra',
  'qui',
  'ran',
];
const endings = [
  'ta',
  'vel',
  'x',
  'ster',
  'wick',
  'zon',
  'by',
  'ley',
  'mar',
  'nia',
  'don',
  'th',
  'ric',
  'sa',
  'lum',
  'fe',
];
const thingCharacters =
  '星河山海云林石金木水火土风雷光影春夏秋冬东西南北青白红黄蓝紫花草树竹梅兰菊松柏龙凤虎鹤鹿马羊牛鱼鸟蝶琴棋书画' +
  '茶酒饭盐糖油灯桌椅床柜门窗笔墨纸砚刀剪杯盘碗筷衣帽鞋袜伞包箱车船桥路塔城园湖泉岛湾港村镇店铺';
const places = ['the shop', 'the depot', 'the post office', 'my neighbour', 'the harbour', 'the second floor'];
const placesInChinese = ['门店', '仓库', '邮局', '邻居家', '码头', '二楼'];

const questions: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Hello, could you tell me when order {n} with the {thing} will arrive? It was to come last {day}.',
    'The {thing} of order {n} arrived damaged at {place}, and the box was already open. What can I do?',
    'I paid invoice {n} twice, once for the {thing} and once by mistake. When do I see the refund?',
    'How do I connect the {thing} to the {thing}? The manual, page {p}, says nothing about it.',
    'Can I still change the address of order {n}? I would rather have it brought to {place} on {day}.',
  ],
  zh: [
    '你好，订单{n}里的{thing}什么时候能到？说好{day}送来的。',
    '{thing}在{place}收到时已经坏了，订单号是{n}，包装也破了，请问怎么处理？',
    '发票{n}我付了两次，一次是{thing}，一次是弄错了，退款多久到账？',
    '{thing}怎么和{thing}连接？说明书第{p}页没有写清楚。',
    '订单{n}还能改地址吗？我想{day}送到{place}。',
  ],
};
const replies: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Good morning, I am looking into order {n} for you, one moment please.',
    'I see the {thing} here: it left {place} on {day} and should be with you soon.',
    'I have put that right and written it down under number {n}. Is there anything else I can do?',
    'Could you send me a picture of the {thing}, and the number on its back?',
  ],
  zh: [
    '您好，我正在帮您查订单{n}，请稍等。',
    '{thing}{day}已经从{place}发出，很快就会送到。',
    '已经处理好了，登记号是{n}，请问还有什么可以帮您？',
    '请拍一张{thing}的照片，再告诉我背面的号码，好吗？',
  ],
};
const followUps: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Thanks, the number on the back is {n}, if that helps.',
    'Yes, that is right. I was at {place} all {day} and nobody rang.',
    'It is the {thing}, the large one, bought together with the {thing}.',
    'That worked, thank you very much!',
  ],
  zh: [
    '谢谢，背面的号码是{n}。',
    '对的，{day}我一直在{place}，没有人来过。',
    '是大的那个{thing}，和{thing}一起买的。',
    '好了，非常感谢！',
  ],
};
const days: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  zh: ['周一', '周二', '周三', '周四', '周五', '周六'],
};

export type Saying = 'question' | 'reply' | 'followUp';
const sayings: Readonly<Record<Saying, typeof questions>> = {
  question: questions,
  reply: replies,
  followUp: followUps,
};

export class YearWords {
  constructor(private readonly random: SeededRandom) {}

  name(language: Language): string {
    const { random } = this;
    if (language === 'en') return `${random.pick(givenNames)} ${random.pick(familyNames)}`;
    const second = random.next() < 0.75 ? this.character(given) : '';
    return this.character(surnames) + this.character(given) + second;
  }

  contact(name: string): string {
    const { random } = this;
    if (random.next() < 0.5) return `+86 1${random.between(30, 99)} ${this.number(4)} ${this.number(4)}`;
    const place = `${random.pick(syllables)}${random.pick(endings)}`;
    const person = /^[\w ]+$/.test(name) ? name.toLowerCase().replaceAll(' ', '.') : `c${this.number(6)}`;
    return `${person}@${place}.example`;
  }

  text(what: Saying, language: Language): string {
    const { random } = this;
    return random.pick(sayings[what][language]).replace(/\{(\w+)\}/g, (_, slot: string) => {
      if (slot === 'n') return `${random.pick(['A', 'B', 'HK', 'SZ'])}-${this.number(6)}`;
      if (slot === 'p') return String(random.between(1, 200));
      if (slot === 'day') return random.pick(days[language]);
      if (slot === 'place') return random.pick(language === 'en' ? places : placesInChinese);
      return this.thing(language);
    });
  }

  /** Some things are asked about every day, most of them once in a year. */
  private thing(language: Language): string {
    if (language === 'zh')
      return this.character(thingCharacters) + this.character(thingCharacters) + this.often(['灯', '锅', '表', '椅']);
    return `${this.often(syllables)}${this.often(syllables)}${this.often(endings)}`;
  }

  private number(digits: number): string {
    return String(this.random.between(10 ** (digits - 1), 10 ** digits));
  }

  private character(from: string): string {
    return from[this.random.between(0, from.length)]!;
  }

  /** The first ones more often than the last ones. */
  private often(from: readonly string[]): string {
    return from[Math.floor(from.length * this.random.next() ** 2)]!;
  }
}
