import type { Catalogue } from './catalogue.ts'
import { colleagueProblems } from './colleagues.ts'
import { valueNames } from './value-names.ts'
import { fields } from './zh-CN-fields.ts'

export const zhCN: Catalogue = {
  problems: {
    // 流程拒绝
    'wrong-role': {
      title: '您的角色无权执行此操作',
      detail: '此操作[（{command}）]只能由以下角色执行：{roles}。请联系具有这些角色的同事。',
    },
    'only-for-yourself': {
      title: '只能为自己操作',
      detail: '您可以为自己执行此操作；为他人执行，只限以下角色：{roles}。请联系具有这些角色的同事。',
    },
    'not-yours': {
      title: '{process}不在您手上',
      detail: '只有{process}的当前处理人才能执行{command}[，当前处理人：{holder}]。请主管转交给您[，或先执行{first}]。',
    },
    'wrong-stage': {
      title: '当前阶段不能执行此操作',
      detail:
        '{process}处于{stage}，不能执行{command}；可执行的阶段：{stages}。[当前处理人：{holder}。]请重新读取{process}，allowed 中列出了当前可执行的操作。',
    },
    'already-held': { title: '{process}已被认领', detail: '{process}的当前处理人是{holder}。请认领其他{process}，或请主管改派。' },
    'done-already': { title: '已经执行过', detail: '{process}已执行过{command}，只需一次，无需再次执行。' },
    ended: { title: '{process}已结束', detail: '{process}处于{stage}，不能再做任何操作。[如需继续处理，请新建{another}。]' },
    'stale-version': {
      title: '{process}已被他人更新',
      detail: '您依据的是版本 {expected}，{process}现在是版本 {actual}。请重新读取{process}后再决定。',
    },
    'invalid-input': { title: '提交的内容有误', detail: '{summary}' },
    'unknown-ticket': { title: '没有这个{process}', detail: '没有您可以查看的{process}[ {number}]。请核对编号。' },
    'no-review-meeting': {
      title: '不需要紧急评审',
      detail: '该{process}的优先级[“{priority}”]不需要紧急评审。请直接分派，或先变更优先级。',
    },
    'plan-needed': { title: '须先提交解决方案', detail: '请先提交解决方案，再执行{command}。' },
    'not-waiting': { title: '{process}不在等待中', detail: '{process}当前没有等待任何一方，无需恢复。' },
    'already-waiting': { title: '{process}已在等待中', detail: '{process}已挂起[（{for}）]。请先恢复处理。' },
    'callback-finished': { title: '回访已结束', detail: '已成功回访客户，或已最终记录为未联系上，无需再次回访。' },
    'nothing-held': {
      title: '没有可退回的{process}',
      detail: '没有可以退回或交接的内容[：{person}与此{process}无关]。请重新读取{process}，查看当前处理人。',
    },
    // 流程之外
    'article-finished': { title: '知识入库已完成', detail: '没有待办的知识入库：文章已提交、已判定不需要，或{process}尚未结案。' },
    'same-priority': {
      title: '优先级没有变化',
      detail: '{process}的优先级已经是“{priority}”。请选择另一个优先级，或执行“确认优先级”。',
    },
    'change-pending': { title: '优先级变更正在审批', detail: '[{person} ]已申请[把优先级改为“{priority}”]，尚未审批。请先等主管审批。' },
    'no-change-pending': { title: '没有待审批的变更', detail: '此{process}没有待审批的优先级变更。请重新查看{process}。' },
    'own-request': { title: '不能审批自己的申请', detail: '{command} 须由申请人以外的主管执行。请另一位主管审批。' },
    'own-signature': { title: '不能由同一人签署', detail: '{command} 须由前面未签署过的同事执行。请另一位同事签署。' },
    'signed-meanwhile': {
      title: '已有人先行审核',
      detail: '本{process}已[由{person}]审核；{command}现仅限：{roles}。请重新读取后联系其中一人。',
    },
    'not-your-action': {
      title: '这项措施不由您负责',
      detail: '{command}仅限该措施的责任人[（{holder}）]和本{process}的负责人。请联系其中一人。',
    },
    'judged-already': { title: '已经评定', detail: '{number} 已经评定或免评。如需更正，请使用{needed}并说明原因。' },
    'action-ended': { title: '已经办结', detail: '第 {action} 项措施已经完成或取消。请重新读取本{process}。' },
    'not-reckoned': { title: '正在生成', detail: '{number} 正在统计，还没有内容。请一分钟后再查看。' },
    'assessments-fall-due': {
      title: '考核由管理层开始',
      detail: '这会开始尚未生成的考核（{numbers}），考核仅由管理层开始。请由管理层进行，或只选择其间没有考核到期的时间。',
    },
    'made-already': { title: '已经存在', detail: '{number} 已经存在，同样的只有一份，请直接查看。' },
    'open-already': {
      title: '已有进行中的同类{process}',
      detail: '同类{process}同时只能有一个，请在进行中的{process}[ {number} ]中继续[：{url}]。',
    },
    'actions-full': { title: '改进措施过多', detail: '每个{process}最多 {limit} 项改进措施，其余请另行发起。' },
    'own-score': { title: '不能处理本人的评分', detail: '任何人不得处理本人的评分或表彰，请由管理层的其他人员处理。' },
    'not-their-superior': { title: '无权处理该评分', detail: '评分由该部门负责人或管理层处理，请联系他们。' },
    'not-their-score': { title: '不是您的评分', detail: '异议由考核对象本人提出，团队的由团队负责人提出。请告知当事人。' },
    'scores-closed': {
      title: '无权查看评分',
      detail:
        '评分仅供管理层、该部门负责人查看；确认后，考核对象可查看本人的评分。非管理层请逐个查看：scores/person/…，或 content?subject=person:…。',
    },
    'confirmed-already': {
      title: '评分已确认',
      detail: '评分确认后不再更改[，考核对象可在 {until} 前提出异议]。如有不当，可通过裁定异议更正。',
    },
    'not-confirmed': { title: '尚未确认', detail: '该评分尚未确认，确认后才能提出异议。' },
    'objection-late': { title: '异议期已过', detail: '该评分的异议期截至 {until}，现已定稿。' },
    'no-objection': { title: '没有待裁定的异议', detail: '该评分没有待裁定的异议，请重新查看评分。' },
    'objection-decided': { title: '已经裁定', detail: '此处的异议已裁定，裁定后评分即为最终结果，请重新查看评分。' },
    'objected-already': {
      title: '已提出过异议',
      detail: '每项评分只能提出一次异议，该评分已提出过[，将在 {until} 前裁定]。裁定结果请查看该评分。',
    },
    'own-decision': { title: '不能裁定自己确认的评分', detail: '异议须由确认评分以外的人裁定，请由管理层的其他人员处理。' },
    'own-nomination': { title: '不能提名自己', detail: '不能提名本人，请由了解该方案的同事提名。' },
    'own-record': { title: '不能认定自己申报的事项', detail: '认定客观原因或确认补录，须由申报延期、补录者以外的人处理，请由其他人处理。' },
    'item-decided': { title: '已作认定', detail: '{item} 已执行过{command}。评分确认前，请先撤销该认定。' },
    'own-proposal': { title: '不能处理自己的提名', detail: '提名人不得对本人提出的提名作决定，请由管理层的其他人员处理。' },
    'nominated-already': { title: '已经提名', detail: '您已因 {number} 提名过{person}，只需一次。' },
    'nominations-used': { title: '您的提名次数已用完', detail: '每人在同一{process}中最多提名 {limit} 次，请在下一次提名。' },
    'nominations-full': { title: '提名已满', detail: '每个{process}最多 {limit} 项提名，请在下一次提名。' },
    'nomination-decided': { title: '已作决定', detail: '提名 {nomination} 已执行过{command}，只需一次。' },
    'commended-already': { title: '已评定', detail: '{person}已被评为优秀个人，只需一次。' },
    'nothing-to-commend': { title: '没有待决定的表彰', detail: '此{process}没有待决定的表彰，请重新查看。' },
    'no-own-acts': {
      title: '没有可记录的自定义操作',
      detail: '此处没有您可用{command}记录的操作。请重新读取{process}，allowed 中列出了目前可执行的操作。',
    },
    'act-not-here': {
      title: '当前阶段不能记录此操作',
      detail: '{process}处于{stage}，不能记录{act}；可记录的阶段：{stages}。请重新读取{process}，allowedActs 中列出了目前可记录的操作。',
    },
    'act-not-yours': {
      title: '您不能记录此操作',
      detail: '{act}只能由以下人员记录：{roles}[；当前处理人：{holder}]。请由他们记录，或请管理员调整流程配置。',
    },
    ...colleagueProblems['zh-CN'],
    'own-work': { title: '不能评定自己的工作', detail: '{number} 由您处理过或由您提交，请由其他同事评定。' },
    'effect-unchecked': { title: '尚未验证效果', detail: '改进效果尚未验证。请等待验证日，或先验证效果，再执行此操作。' },
    'urged-already': {
      title: '刚刚催办过',
      detail: '{process}已于 {since} 催办过，催办已记录，系统会通知相关人员；免打扰时段内的通知稍后发送。{again} 之后可再次催办。',
    },
    'nothing-to-defer': { title: '没有可延期的期限', detail: '此{process}目前没有解决期限，无须延期。请先提交解决方案约定期限。' },
    'no-task': { title: '没有待办', detail: '此{process}没有未完成的待办，无需处理。' },
    'calendar-old': { title: '日历版本过旧', detail: '{process}已按第 {version} 版或更新的工作日历计时，无须再更新。' },
    'malformed-request': {
      title: '无法识别的请求',
      detail: '无法读取请求：{reason}。请使用 HTTP/1.1，请求头最多 16 KiB，发送时不要长时间停顿。',
    },
    'malformed-target': {
      title: '地址中有不允许的字符',
      detail: '请求地址只能用 ASCII 字符，不能有空格。请把其他字符按 UTF-8 做百分号编码，例如 q=发货 写成 q=%E5%8F%91%E8%B4%A7。',
    },
    'malformed-body': {
      title: '无法读取请求正文',
      detail: '请求正文不是有效的 {format}[（第 {line} 行第 {column} 列）]。请以 UTF-8 编码的 {format} 发送。',
    },
    'not-utf-8': {
      title: '请求正文不是 UTF-8 编码',
      detail: '请求正文第 {line} 行不是 UTF-8 编码[，像是 {seems}]。请把文件另存为 UTF-8 后重新发送。',
    },
    'malformed-header': { title: '无法读取请求头', detail: '请求头 {header} 必须是{expected}。' },
    'not-signed-in': { title: '未登录', detail: '请提供有效的令牌：Authorization: Bearer …。当前令牌缺失、不存在、已过期或已撤销。' },
    'unknown-host': {
      title: '访问所用的主机名不对',
      detail: '请求头 Host 不是本服务的主机名。请用 127.0.0.1 或 localhost 访问；如需使用其他名称，请管理员在 BIHUAN_HOSTS 中添加。',
    },
    'unknown-route': { title: '没有这个地址', detail: '{path} 不存在。所有地址见 /docs。' },
    'unknown-command': { title: '没有这个操作', detail: '{process}没有操作“{given}”[，您是否想用“{nearest}”]。所有操作见 /docs。' },
    'unknown-profile': {
      title: '没有这个流程配置',
      detail:
        '没有流程配置“{profile}”[的版本 {version}]。已安装：{profiles}。[“{template}”是模板：流程配置与它的不同之处，可用 ?showing=why 查看该配置。]',
    },
    'profile-not-in-force': {
      title: '流程配置未在使用',
      detail: '“{profile}”目前不能用于登记[：自 {from} 起生效][：已于 {since} 停用]。可用：{profiles}。',
    },
    'unknown-calendar': { title: '没有这个工作日历', detail: '没有工作日历“{calendar}”[的版本 {version}]。已安装：{calendars}。' },
    'unknown-person': { title: '没有这个人员', detail: '没有人员“{id}”。请查看 /api/people。' },
    'unknown-team': { title: '没有这个团队', detail: '没有团队“{id}”。请查看 /api/teams。' },
    'unknown-schedule': { title: '没有这个报告计划', detail: '{given} 没有报告计划。配置了报告的流程，安装后一分钟内生成计划。' },
    'unknown-figure': {
      title: '没有这个统计项',
      detail: '没有统计项“{given}”[，您是否想用“{nearest}”]。可用的有：{figures}。请查看 /api/figures。',
    },
    'unknown-request': { title: '没有这个请求', detail: '您没有以“{key}”为幂等键且已执行的请求。如果应当有，请用同一个键重新发送。' },
    'unknown-token': { title: '没有这个令牌', detail: '您没有编号为 {id} 的令牌。请查看 /api/tokens。' },
    'unknown-notice': { title: '没有这条通知', detail: '没有编号为 {id} 的通知。请查看 /api/notices。' },
    'unknown-customer': { title: '没有这份客户档案', detail: '没有编号为 {customer} 的客户档案。请查看 /api/customers。' },
    'unknown-absence': { title: '没有这条缺勤记录', detail: '没有编号为 {id} 的缺勤记录。请查看 /api/absences。' },
    'absence-ended': { title: '这次缺勤已经结束', detail: '这次缺勤已于 {until} 结束，不能再修改。如再次缺勤，请新建一条记录。' },
    'unknown-template': { title: '没有这条话术', detail: '没有话术“{id}”[，现有：{templates}]。请查看 /api/templates。' },
    'notice-not-dead': { title: '这条通知无需重发', detail: '这条通知已按原定方式发出，或即将自动发送（状态：{status}），无需重发。' },
    'too-many-tokens': {
      title: '令牌数量已达上限',
      detail: '您已有 {limit} 个有效令牌，达到上限。请查看 /api/tokens，撤销一个不再使用的令牌。',
    },
    'method-not-allowed': { title: '此地址不支持该方法', detail: '{path} 不支持 {method}，可用：{methods}。' },
    'version-taken': {
      title: '该版本已存在',
      detail:
        '“{id}”的版本 {version} 已安装，但内容不同[：安装时继承 {extended}，现在会继承 {extends}]。已安装的版本不会改变：请提高 version 后重新提交。',
    },
    'version-old': {
      title: '已有更新的版本',
      detail: '“{id}”已安装版本 {installed}，比 {version} 新。请以已安装的版本为基础，提高 version 后提交。',
    },
    'too-many-members': {
      title: '请求正文内容过多',
      detail: '请求正文的成员和列表项合计最多 {limit} 个。请删去用不到的成员，或分多次提交。',
    },
    'body-too-large': { title: '请求正文过大', detail: '请求正文最大 {limit}。请减少内容或分多次提交。' },
    'incomplete-body': {
      title: '请求内容不完整',
      detail: '连接在请求内容全部送达之前中断。请求未生效，请使用相同的 Idempotency-Key 重新发送。',
    },
    'unsupported-encoding': {
      title: '不支持压缩的请求内容',
      detail: '请去掉 Content-Encoding（{encoding}），直接发送未压缩的内容，最大 1 MiB。',
    },
    'unsupported-media-type': { title: '不支持的内容类型', detail: '请以下列类型发送请求正文：{types}。' },
    'key-reused': {
      title: '该键属于另一个请求',
      detail: '幂等键“{key}”已用于另一个地址或另一份内容。新请求请使用新键；重发请求请保持内容不变并使用原键。',
    },
    'contact-lookup': {
      title: '不能按电话或邮箱查找',
      detail: '按客户的电话或电子邮箱查找工单，只限以下角色：{roles}。请改用姓名、公司或工单编号查找，或请这些角色的同事代查。',
    },
    'too-many-lookups': { title: '查询过于频繁', detail: '您在短时间内查询了太多电话或电子邮箱。请在 {seconds} 秒后再试。' },
    'too-many-requests': { title: '请求过多', detail: '服务已达上限。请在 {seconds} 秒后用同一个 Idempotency-Key 重试。' },
    'daily-limit': {
      title: '今日次数已用完',
      detail: '24 小时内最多 {limit} 次，现已用完。请在 {again} 之后再试；如有急事，请直接致电客服。',
    },
    internal: { title: '系统出错', detail: '系统内部出错。请将请求编号 {requestId} 告知管理员。可以用同一个 Idempotency-Key 放心重发。' },
    'database-away': {
      title: '数据库暂时无法访问',
      detail: '您的请求可能尚未生效。请在 {seconds} 秒后用同一个 Idempotency-Key 重试：只会生效一次。',
    },
    'pdf-unavailable': {
      title: '暂时无法生成 PDF',
      detail: '排版工具未能下载或无法运行。请改用 format=html（同样可以打印）；原因见接口日志。',
    },
    'temporal-away': {
      title: '工作流服务暂时无法访问',
      detail: '您的请求已保存，可能尚未生效。请在 {seconds} 秒后用同一个 Idempotency-Key 重试：只会生效一次。',
    },
    'in-progress': {
      title: '{process}正在后台更新',
      detail: '{process}正在后台更新。请在 {seconds} 秒后用同一个 Idempotency-Key 重试：只会生效一次。',
    },
    'outcome-unknown': {
      title: '未在时限内得到答复',
      detail: '目前还不知道您的请求是否生效。请用同一个 Idempotency-Key 再次发送：只会生效一次，并会得到结果。',
    },
  },
  fields,
  ...valueNames['zh-CN'],
  listSeparator: '、',
  sentenceSeparator: '；',
  pathSeparator: '：',
  quotes: ['“', '”'],
  notCovered: '节假日安排只公布到 {date}：之后的日子仅按每周工作时间计算，公布后可能变动。请更新工作日历“{calendar}”。',
  notCoveredBefore: '节假日安排自 {date} 起才有：之前的日子仅按每周工作时间计算。请在工作日历“{calendar}”中补上此前各年。',
  tell: {
    numberOnly: '工单已创建，工单编号：{number}。',
    start: '工单已创建，工单编号：{number}。我们将在{within}内开始处理[，最迟不晚于 {by}]。',
  },
}
