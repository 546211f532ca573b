import type { Book, Case } from './case.ts'
import { standardFindings } from './standard-findings.ts'

/** What a service desk is asked, by type and module of the profile `standard-ticket`. */

const consultations: readonly [Case, ...Case[]] = [
  {
    ...of('consultation', 'ordering', ['unclear-information', 'handling-mistake', 'software-defect'], 5, '订单支付'),
    titles: ['订单已付款但显示待支付', '如何修改收货地址', '订单能否合并发货'],
    said: ['客户已付款{n}分钟，订单仍显示待支付，担心重复扣款。', '刚下的订单地址写错，还没有发货，想改到{site}。'],
    keywords: ['订单', '支付'],
  },
  {
    ...of('consultation', 'delivery', ['carrier', 'unclear-information'], 5, '发货时间'),
    titles: ['订单什么时候发货', '物流三天没有更新', '能否指定送货时间'],
    said: ['{who}下单后一直没有发货通知，想知道具体时间。', '物流停在{site}中转站{n}天没有动。'],
    keywords: ['发货', '物流'],
  },
  {
    ...of('consultation', 'invoicing', ['unclear-information', 'handling-mistake'], 4, '电子发票'),
    titles: ['发票抬头填错怎么改', '电子发票在哪里下载', '能否开具专用发票'],
    said: ['报销需要更换发票抬头，原发票已开具。', '找不到电子发票的下载入口，财务催着要。'],
    keywords: ['发票'],
  },
  {
    ...of('consultation', 'membership', ['unclear-information', 'wrong-setting'], 3, '会员积分'),
    titles: ['优惠券无法使用', '企业会员怎样续费', '会员积分什么时候到期'],
    said: ['结算时优惠券是灰的，满足金额但不能用。', '{who}想了解企业会员续费的价格和权益。'],
    keywords: ['会员', '积分'],
  },
  {
    ...of('consultation', 'access', ['handling-mistake', 'unclear-information', 'wrong-setting'], 3, '账号手机号'),
    titles: ['如何更换账号绑定的手机号', '子账号收不到邀请邮件'],
    said: ['原手机号已停用，收不到验证码，无法更换绑定。', '邀请了{n}个子账号，对方都没有收到邮件。'],
    keywords: ['账号'],
  },
  {
    ...of('consultation', 'returns', ['unclear-information'], 3, '保修政策'),
    titles: ['退货运费由谁承担', '保修期从哪天算起', '换货需要寄回包装吗'],
    said: ['想退一件{product}，问运费谁出、几天到账。', '{product}买了一年多，想确认是否还在保修期。'],
    keywords: ['退货', '保修'],
  },
]

const complaints: readonly Case[] = [
  {
    ...of('complaint', 'delivery', ['carrier', 'slow-process'], 5, '配送时效'),
    titles: ['承诺次日达，五天仍未送到', '快递放在门口丢失', '送货员拒绝送上楼'],
    said: ['页面写次日达，已经{n}天，客服每次都说在催。', '物流显示已签收，但客户没有收到，要求赔偿。'],
    keywords: ['物流', '投诉'],
  },
  {
    ...of('complaint', 'returns', ['slow-process', 'staff-mistake'], 4, '退款进度'),
    titles: ['退款超过七天未到账', '维修拖了两周没有结果', '换货寄来的还是坏的'],
    said: ['退货已签收{n}天，退款一直“处理中”，要求今天给答复。', '{product}寄修两周，没有人主动联系过客户。'],
    keywords: ['退款', '投诉'],
  },
  {
    ...of('complaint', 'service', ['staff-mistake', 'slow-process', 'unclear-information'], 3, '服务过程'),
    titles: ['同一问题反复转人，没人负责', '承诺回电没有回', '客服态度冷淡，多次挂断'],
    said: ['上周来电{n}次，每次都要重新讲一遍，没有人跟进。', '客服答应当天回电，到现在没有消息，客户很不满。'],
    keywords: ['态度', '投诉'],
  },
  {
    ...of('complaint', 'ordering', ['software-defect', 'unclear-information'], 2, '扣费金额'),
    titles: ['重复扣款两次', '活动价与结算价不一致'],
    said: ['同一订单扣了两次款，共{count}元，要求立即退回。', '页面标 {count} 元，结算时贵了 {n} 元，认为是虚假宣传。'],
    keywords: ['扣款', '投诉'],
  },
  {
    ...of('complaint', 'device', ['product-defect', 'damage'], 3, '商品质量'),
    titles: ['收到的{product}有划痕', '{product}用了三天就坏', '商品与描述不符'],
    said: ['拆箱就发现外壳有划痕，怀疑是退货再售。', '{product}才用三天就不通电，要求换新并补偿。'],
    keywords: ['质量', '投诉'],
  },
]

const faults: readonly Case[] = [
  {
    ...of('fault', 'device', ['product-defect', 'wear', 'damage'], 5, '整机'),
    titles: ['{product}无法开机', '{product}漏水', '{product}噪音很大', '{product}显示故障代码 E{n}'],
    said: ['{product}昨晚突然断电后无法开机，电源灯不亮。', '{product}底部渗水，已关闭水阀，请尽快上门。'],
    keywords: ['报修', '设备'],
  },
  {
    ...of('fault', 'network', ['outage', 'wrong-setting', 'supplier'], 4, '办公网络'),
    grave: true,
    titles: ['{site}办公室上不了网', '邮箱收发延迟', '无线网络频繁断开'],
    said: ['{site}整层上不了网，影响{count}人办公。', '邮件发出后对方半小时才收到，附件大的直接退回。'],
    keywords: ['网络', '邮箱'],
  },
  {
    ...of('fault', 'office-it', ['wear', 'wrong-setting', 'handling-mistake'], 4, '办公电脑'),
    titles: ['电脑开机蓝屏', '打印机卡纸', '会议室投影没有信号'],
    said: ['开机到登录界面就蓝屏，代码 0x0000007{n}。', '打印机一直提示卡纸，打开后盖没有看到纸。'],
    keywords: ['电脑', '打印机'],
  },
  {
    ...of('fault', 'functions', ['software-defect', 'wrong-setting'], 4, '小程序'),
    grave: true,
    titles: ['小程序支付页面空白', '后台登录提示 403', 'App 更新后无法打开订单'],
    said: ['微信里打开支付页是空白，换手机也一样。', '{who}登录后台提示 403，昨天还正常。'],
    keywords: ['小程序', '支付'],
  },
  {
    ...of('fault', 'data', ['software-defect', 'wrong-setting', 'handling-mistake'], 2, '对账数据'),
    titles: ['对账单金额与订单不符', '后台报表打不开'],
    said: ['{site}上月对账单少了{n}笔订单，财务对不上。', '报表页面一直加载，换浏览器无效。'],
    keywords: ['对账', '报表'],
  },
]

const suggestions: readonly Case[] = [
  {
    ...of('suggestion', 'functions', ['missing-function'], 3, '批量操作'),
    titles: ['希望支持批量开票', 'App 增加夜间模式', '希望列表可以自定义列'],
    said: ['每月要开{count}张票，一张一张点太慢。', '晚上看手机太亮，建议增加夜间模式。'],
    keywords: ['建议', '功能'],
  },
  {
    ...of('suggestion', 'service', ['missing-function', 'slow-process'], 2, '服务时间'),
    titles: ['希望周末也有在线客服', '建议维修进度主动短信告知'],
    said: ['周末门店最忙，出了问题找不到人。', '维修每次都要打电话问，建议每个节点发短信。'],
    keywords: ['建议', '服务'],
  },
  {
    ...of('suggestion', 'interfaces', ['missing-function'], 2, '开放接口'),
    titles: ['希望提供订单查询接口', '建议对接企业微信'],
    said: ['我们想在自己的系统里查订单状态，目前只能登录网页。', '员工都用企业微信，希望审批提醒直接推送过去。'],
    keywords: ['建议', '接口'],
  },
]

const outage: Case = {
  ...of('fault', 'functions', ['outage'], 0, '支付服务'),
  titles: ['门店收银无法付款', '小程序下单报系统维护', '支付成功但订单不更新', '后台全部打不开'],
  said: ['{clock}起所有付款方式都失败，{site}门店排队{count}人。', '小程序一直提示系统维护，客户下不了单，损失很大。'],
  keywords: ['宕机', '支付'],
}

const also: Book['also'] = {
  consultation: ['unclear-information', 'handling-mistake', 'wrong-setting', 'staff-mistake', 'slow-process', 'missing-function'],
  complaint: ['staff-mistake', 'slow-process', 'unclear-information', 'carrier', 'supplier', 'handling-mistake'],
  fault: ['wear', 'wrong-setting', 'handling-mistake', 'outage', 'supplier', 'software-defect', 'product-defect'],
  suggestion: ['missing-function', 'unclear-information', 'slow-process'],
}

export const standardBook: Book = {
  also,
  cases: [...consultations, ...complaints, ...faults, ...suggestions],
  outage,
  findings: standardFindings,
}

function of(type: string, module: string, causes: Case['causes'], weight: number, about: string) {
  return { type, module, causes, weight, about }
}
