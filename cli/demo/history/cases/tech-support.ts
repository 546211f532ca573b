import type { Book, Case } from './case.ts'
import { techFindings } from './tech-findings.ts'

/** What technical support is asked, by type and module of the profile `tech-support`. */

const software: readonly [Case, ...Case[]] = [
  {
    ...of('software-fault', 'login', ['misconfiguration', 'third-party', 'code-defect'], 7, '登录验证码'),
    titles: ['登录时提示验证码错误', '短信验证码收不到，无法登录', '验证码反复刷新仍提示错误'],
    said: ['{who}反映登录时验证码一直提示错误，已刷新{n}次无效。', '今天{clock}起收不到短信验证码，换手机号也一样，{count}人受影响。'],
    keywords: ['登录', '验证码'],
  },
  {
    ...of('software-fault', 'login', ['misconfiguration', 'expired-credential', 'version-mismatch'], 3, '单点登录'),
    titles: ['单点登录跳转后停在空白页', '从门户进入系统要求重复登录'],
    said: ['从公司门户点进来后停在空白页，直接输入地址可以登录。', '{who}从门户进入后又跳回登录页，清除缓存无效。'],
    keywords: ['登录', '单点登录'],
  },
  {
    ...of('software-fault', 'login', ['expired-credential', 'misuse', 'unclear-guidance'], 4, '账号密码'),
    titles: ['账号被锁定，无法解锁', '密码到期后重置链接打不开'],
    said: ['连续输错后账号被锁，自助解锁页面提示“请联系管理员”。', '重置密码的邮件里的链接打开是 404。'],
    keywords: ['账号', '密码'],
  },
  {
    ...of('software-fault', 'permissions', ['code-defect', 'bad-data', 'misconfiguration'], 3, '角色权限'),
    titles: ['角色权限保存后不生效', '调整部门后仍能看到原部门数据'],
    said: ['给{who}加了“财务复核”角色，保存成功但重新登录后没有变化。', '人员从{site}调走后，仍能查到原部门的单据。'],
    keywords: ['权限', '角色'],
  },
  {
    ...of('software-fault', 'business-functions', ['code-defect', 'bad-data'], 6, '订单保存'),
    titles: ['保存订单提示库存不足，实际有库存', '订单保存时报系统繁忙', '同一订单保存后出现两条'],
    said: ['{site}的订单保存时提示库存不足，库存查询显示还有{count}件。', '{clock}前后保存订单报“系统繁忙”，重试{n}次才成功。'],
    keywords: ['订单', '库存'],
  },
  {
    ...of('software-fault', 'business-functions', ['misconfiguration', 'bad-data', 'code-defect'], 5, '审批流程'),
    titles: ['审批流停在部门经理节点不再流转', '采购审批跳过了财务节点', '撤回后的审批单无法重新提交'],
    said: ['{count}张审批单停在部门经理节点，经理那边看不到待办。', '{who}提交的采购申请直接到了总经理，财务没有审。'],
    keywords: ['审批', '流程'],
  },
  {
    ...of('software-fault', 'business-functions', ['bad-data', 'misuse', 'code-defect'], 3, '批量导入'),
    titles: ['批量导入到第 {count} 行报格式错误', '导入的客户资料缺少联系人'],
    said: ['按模板导入{count}行，提示日期格式不对，逐行检查没有发现问题。', '导入成功但联系人一列全是空的。'],
    keywords: ['导入', '模板'],
  },
  {
    ...of('software-fault', 'data-and-reports', ['capacity', 'code-defect', 'bad-data'], 5, '月度报表'),
    titles: ['月度报表导出超时', '报表合计与明细不一致', '看板数据停在昨天没有更新'],
    said: ['导出{site}的月度报表，转圈{n}分钟后提示超时。', '利润表合计比明细相加少{count}元，财务月结要用。'],
    keywords: ['报表', '导出'],
  },
  {
    ...of('software-fault', 'integration', ['third-party', 'code-defect', 'expired-credential'], 5, 'ERP 接口'),
    grave: true,
    titles: ['与 ERP 的接口返回 500', '订单没有同步到 ERP', '接口签名校验失败'],
    said: ['从{clock}起推送 ERP 的接口返回 500，积压{count}单。', '{site}的订单在 ERP 查不到，接口日志显示签名错误。'],
    keywords: ['接口', 'ERP'],
  },
  {
    ...of('software-fault', 'integration', ['third-party', 'expired-credential', 'misconfiguration'], 3, '电子发票接口'),
    titles: ['电子发票开具失败', '企业微信通讯录同步缺人'],
    said: ['开票返回“纳税人信息不存在”，上周还能开。', '同步后少了{count}个人，都是{site}新入职的。'],
    keywords: ['发票', '同步'],
  },
  {
    ...of('software-fault', 'notifications', ['misconfiguration', 'third-party', 'code-defect'], 3, '消息推送'),
    titles: ['审批通知邮件收不到', '短信通知重复发送', 'App 推送延迟半小时'],
    said: ['{who}收不到审批邮件，垃圾箱里也没有。', '同一条提醒短信客户收到{n}次，已有投诉。'],
    keywords: ['通知', '邮件'],
  },
  {
    ...of('software-fault', 'client', ['code-defect', 'version-mismatch', 'environment'], 4, '手机客户端'),
    titles: ['手机 App 打开报价单闪退', '客户端 {version} 打印预览错位'],
    said: ['{phone}上打开报价单就闪退，重装无效。', '升级到{version}后打印预览整体右移，盖章位置不对。'],
    keywords: ['客户端', '闪退'],
  },
  {
    ...of('software-fault', 'installation', ['version-mismatch', 'misconfiguration', 'environment'], 3, '服务升级'),
    grave: true,
    titles: ['升级到 {version} 后服务无法启动', '客户端安装包被杀毒软件拦截'],
    said: ['昨晚升级到{version}，应用服务反复重启，日志里有端口占用。', '{count}台电脑安装时被拦截，提示有风险。'],
    keywords: ['升级', '安装'],
  },
  {
    ...of('software-fault', 'server-and-database', ['capacity', 'misconfiguration', 'code-defect'], 4, '数据库服务器'),
    grave: true,
    titles: ['系统整体变慢，打开页面要 {n} 秒', '磁盘空间告警', '数据库连接数用尽'],
    said: ['{clock}开始所有页面都慢，高峰期基本不可用。', '监控提示数据盘只剩 {n}%，担心影响夜间备份。'],
    keywords: ['性能', '数据库'],
  },
  {
    ...of('software-fault', 'network', ['network-outage', 'misconfiguration', 'third-party'], 4, 'VPN 线路'),
    grave: true,
    titles: ['{site} VPN 频繁掉线', '门店访问收银系统时断时续'],
    said: ['{site}的 VPN 每隔{n}分钟断一次，远程同事没法办公。', '门店收银经常转圈，换 4G 热点后正常。'],
    keywords: ['网络', 'VPN'],
  },
]

const others: readonly Case[] = [
  {
    ...of('hardware-fault', 'device', ['component-failure', 'environment'], 4, '自助终端机'),
    titles: ['{site}自助终端无法开机', '终端触摸屏右侧没有反应', '工控机运行一段时间后自动关机'],
    said: ['早上通电后电源灯亮但屏幕不亮，换插座无效。', '触摸屏右侧三分之一点不动，重启后好一会儿又不行。'],
    keywords: ['终端', '硬件'],
  },
  {
    ...of('hardware-fault', 'peripherals', ['component-failure', 'misconfiguration', 'misuse'], 5, '标签打印机'),
    titles: ['标签打印机打出来是空白', '小票打印乱码', '扫码枪识别很慢'],
    said: ['换了新碳带后打出来是空白，测试页也一样。', '{site}的小票从昨天起中文是乱码，数字正常。'],
    keywords: ['打印机', '外设'],
  },
  {
    ...of('hardware-fault', 'network', ['component-failure', 'network-outage'], 2, '交换机'),
    titles: ['{site}交换机端口灯不亮', '无线接入点不断重启'],
    said: ['机房交换机有{n}个端口灯不亮，对应的工位没有网。', '会议室的无线接入点每几分钟重启一次。'],
    keywords: ['网络', '交换机'],
  },
  {
    ...of('usage-question', 'permissions', ['missing-permission', 'unclear-guidance'], 4, '菜单权限'),
    titles: ['新员工看不到审批菜单', '如何把审批人批量改成新主管', '怎样只开放报表查看权限'],
    said: ['新入职的{who}登录后没有“审批”菜单，需要开通。', '部门主管换人了，{count}条流程的审批人怎么一次改完？'],
    keywords: ['权限', '菜单'],
  },
  {
    ...of('usage-question', 'data-and-reports', ['unclear-guidance', 'misuse'], 4, '历史数据查询'),
    titles: ['如何导出去年的历史数据', '删除的单据还能恢复吗', '报表怎样按门店汇总'],
    said: ['审计要去年全年的出入库明细，界面上只能选三个月。', '{who}误删了一张单据，想问能否恢复。'],
    keywords: ['数据', '导出'],
  },
  {
    ...of('usage-question', 'business-functions', ['unclear-guidance', 'misuse', 'missing-permission'], 3, '合同模块'),
    titles: ['合同到期提醒在哪里设置', '怎样修改已提交的报价单'],
    said: ['想在合同到期前一个月提醒业务员，没找到设置的地方。', '报价单提交后发现税率选错，按钮是灰的。'],
    keywords: ['合同', '报价'],
  },
  {
    ...of('compatibility', 'client', ['version-mismatch', 'environment', 'code-defect'], 4, '浏览器页面'),
    titles: ['Edge 升级后页面空白', '信创终端上打不开附件', 'WPS 打开导出的表格格式错乱'],
    said: ['Edge 自动升级后首页空白，Chrome 正常，涉及{count}台电脑。', '统信系统上点附件没有反应，Windows 上可以打开。'],
    keywords: ['浏览器', '兼容'],
  },
  {
    ...of('compatibility', 'peripherals', ['version-mismatch', 'misconfiguration'], 2, '打印驱动'),
    titles: ['系统更新后打印驱动不可用', '高拍仪在新版系统上识别不到'],
    said: ['Windows 更新后打印机显示脱机，重装驱动无效。', '高拍仪插上没有反应，旧电脑上正常。'],
    keywords: ['驱动', '打印机'],
  },
  {
    ...of('other', 'installation', ['unclear-guidance', 'environment'], 2, '测试环境'),
    titles: ['申请开通测试环境', '需要 {version} 的升级说明'],
    said: ['下月要做对接联调，需要一套测试环境。', '准备周末升级，想要{version}的升级步骤和回退方案。'],
    keywords: ['环境', '升级'],
  },
]

const outage: Case = {
  ...of('software-fault', 'server-and-database', ['capacity'], 0, '主数据库'),
  titles: [
    '系统打不开，一直提示“服务不可用”',
    '所有页面报 503，业务全部停了',
    '无法登录，提示数据库连接失败',
    '下单、审批都卡住，{site}整体停摆',
  ],
  said: ['{clock}起系统打不开，{site}{count}人都受影响，业务已停。', '页面全部报 503，刷新无效，门店排起长队，请尽快处理。'],
  keywords: ['宕机', '数据库'],
}

const also: Book['also'] = {
  'software-fault': [
    'code-defect',
    'misconfiguration',
    'bad-data',
    'version-mismatch',
    'capacity',
    'environment',
    'network-outage',
    'third-party',
    'expired-credential',
    'misuse',
  ],
  'hardware-fault': ['component-failure', 'environment', 'misconfiguration', 'misuse', 'version-mismatch'],
  'usage-question': ['unclear-guidance', 'misuse', 'missing-permission', 'misconfiguration', 'version-mismatch'],
  compatibility: ['version-mismatch', 'environment', 'code-defect', 'misconfiguration', 'unclear-guidance'],
  other: ['unclear-guidance', 'environment', 'missing-permission'],
}

export const techBook: Book = { also, cases: [...software, ...others], outage, findings: techFindings }

function of(type: string, module: string, causes: Case['causes'], weight: number, about: string) {
  return { type, module, causes, weight, about }
}
