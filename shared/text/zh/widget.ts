import type { widget as en } from '../en/widget';
import type { Translated } from '../translated';

export const widget: Translated<typeof en> = {
  'settings.page.widget': '网页组件',
  'widget.title': '在您自己的网站上聊天',
  'widget.lead': '网页角落的按钮可打开聊天窗口，绝不会遮挡或改动原有页面。',
  'widget.embed': '要加入网页的代码',
  'widget.embedHelp': '放在每个页面 head 的末尾。只有下列网站会显示聊天窗口。',
  'widget.try': '试用',
  'widget.sites': '可显示聊天窗口的网站',
  'widget.sitesHelp':
    '例如 https://shop.example；https://*.shop.example 表示其下所有域名。留空则仅试用页面可用。适用于此后打开的页面。',
  'widget.siteWrong': '“{site}”不是网站地址。',
  'widget.sitesMany': '最多 {max} 个网站。',
  'widget.whenAway': '无法连接中枢时',
  'widget.whenAwayHelp': '从客户打开的下一个页面起生效，最迟五分钟后。',
  'widget.whenAwayLater': '保留按钮，请客户稍后再留言',
  'widget.whenAwayHide': '隐藏按钮',
  'widget.greet': '主动问候访客',
  'widget.greetHelp': '在按钮上方显示气泡，每位访客每个标签页一次。',
  'widget.greetSeconds': '问候前等待的秒数',
  'widget.seconds': '秒',
  'widget.secrets': '已验证身份的客户',
  'widget.secretsHelp':
    '若客户在您的网站登录，网站服务器可用密钥为其身份签名：客户在任何浏览器中都是同一人，客服也能看到姓名属实。方法见 docs/widget.md。',
  'widget.secretOf': '生成于 {day}',
  'widget.secretMake': '生成密钥',
  'widget.secretRemove': '移除',
  'widget.secretRemoved': '用该密钥所做的签名不再有效。',
  'widget.secretOnce': '请立即复制到您的服务器，之后不再显示。',
  'widget.secret': '密钥',
  'widget.poster': '柜台海报',
  'widget.posterHelp': '一页纸，用手机扫码即可打开聊天窗口。',
  'widget.posterLocal': '其他设备上的客户暂时无法访问聊天页面：请查看“公司与链接”。',
  'widget.posterPrint': '打印',
  'widget.posterScan': '扫码联系我们',
  'widget.posterQr': '打开聊天窗口的二维码',
};
