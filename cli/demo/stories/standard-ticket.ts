import { said } from '../../../domain/labels.ts'
import { does, mayNot, type Script, type Telling } from '../script.ts'

/** A fault at a support desk, from the call to the callback (S1–S14). */
export const standardTicket: Script = {
  title: said('闭环演示：客服台的一张故障报修工单', '閉環示範：客服台的一張故障報修工單', 'Bihuan: a fault at a support desk'),
  subtitle: said(
    '按“标准工单”流程：登记即找到处理人，复核优先级，客户确认后结案。',
    '依「標準工單」流程：登記即找到處理人，複核優先等級，客戶確認後結案。',
    "By the profile standard-ticket: a handler at once, a look at the priority, and the customer's confirmation closes it.",
  ),
  parts: ['customer', 'agent', 'engineer', 'supervisor', 'tester'],
  registration: {
    by: 'agent',
    tells: said(
      '客户来电，{agent}登记故障报修，指定{engineer}处理。',
      '客戶來電，{agent}登記故障報修，指定{engineer}處理。',
      'A customer calls. {agent} registers the fault and names {engineer} for it.',
    ),
    form: ({ say, id }) => ({
      type: 'fault',
      priority: 'medium',
      channel: 'phone',
      live: true,
      customer: { name: say(said('何俊', '何俊', 'He Jun')), phone: '13912345678' },
      title: say(said('笔记本开机后蓝屏', '筆電開機後藍屏', 'Laptop shows a blue screen')),
      description: say(
        said(
          '开机 5 分钟左右蓝屏，重启后仍然如此。',
          '開機約 5 分鐘後藍屏，重新開機後仍然如此。',
          'A blue screen some five minutes after the start, again and again.',
        ),
      ),
      fields: { faultPhenomenon: say(said('开机后蓝屏', '開機後藍屏', 'Blue screen after the start')), deviceModel: 'X200' },
      assignee: id('engineer'),
    }),
  },
  scenes: [
    does(
      'engineer',
      'request-priority-change',
      said(
        '{engineer}复核优先级：客户无法办公，申请改为“高”。',
        '{engineer}複核優先等級：客戶無法辦公，申請改為「高」。',
        '{engineer} looks at the priority: the customer cannot work at all. He asks for high.',
      ),
      ({ say }) => ({ priority: 'high', reason: say(said('客户无法办公', '客戶無法辦公', 'The customer cannot work')) }),
    ),
    mayNot(
      'engineer',
      'decide-priority-change',
      said('{engineer}不能批准自己的申请。', '{engineer}不能核准自己的申請。', '{engineer} cannot approve it himself.'),
      () => ({ approve: true }),
    ),
    does(
      'supervisor',
      'decide-priority-change',
      said(
        '{supervisor}同意；新时限从登记时起算。',
        '{supervisor}同意；新時限從登記時起算。',
        '{supervisor} agrees; the new targets count from the registration.',
      ),
      () => ({ approve: true }),
    ),
    does('engineer', 'accept', said('{engineer}接单确认。', '{engineer}確認接單。', '{engineer} accepts it.'), () => ({})),
    does(
      'engineer',
      'update-progress',
      said(
        '{engineer}更新进度，客户也会收到。',
        '{engineer}更新進度，客戶也會收到。',
        '{engineer} reports progress, of which the customer hears, too.',
      ),
      ({ say }) => ({
        text: say(said('已确认硬盘故障，正在更换。', '已確認硬碟故障，正在更換。', 'The disk is broken and is being replaced.')),
        visibleToCustomer: true,
      }),
    ),
    mayNot(
      'engineer',
      'complete',
      said(
        '{engineer}修好了，顺手打上标签“问题”。',
        '{engineer}修好了，隨手加上標籤「問題」。',
        '{engineer} has repaired it, and tags it with "problem".',
      ),
      (telling) => completion(telling, telling.say(said('问题', '問題', 'problem'))),
    ),
    does(
      'engineer',
      'complete',
      said('换成说得清楚的标签，处理完成。', '換成說得清楚的標籤，處理完成。', 'With a tag that says something it is done.'),
      (telling) => completion(telling, telling.say(said('硬盘老化', '硬碟老化', 'worn disk'))),
    ),
    does(
      'tester',
      'verify',
      said('{tester}内部验证通过，请客户确认。', '{tester}內部驗證通過，請客戶確認。', '{tester} finds it right; the customer is asked.'),
      ({ say }) => ({
        passed: true,
        method: say(said('连续运行 2 小时', '連續執行 2 小時', 'Ran for two hours')),
        sideEffectsChecked: true,
      }),
    ),
    does(
      'agent',
      'confirm',
      said(
        '{agent}请客户确认：已解决。工单随之结案。',
        '{agent}請客戶確認：已解決。工單隨之結案。',
        '{agent} asks the customer: solved. That closes the ticket.',
      ),
      () => ({ outcome: 'solved', channel: 'phone', satisfaction: 5 }),
    ),
    does('agent', 'callback', said('{agent}回访客户。', '{agent}回訪客戶。', '{agent} calls back.'), ({ say }) => ({
      reached: true,
      satisfaction: 5,
      experience: say(said('很满意', '很滿意', 'Very satisfied')),
    })),
  ],
}

function completion({ say }: Telling, tag: string) {
  return {
    solution: say(said('更换硬盘并恢复系统', '更換硬碟並復原系統', 'Replaced the disk and restored the system')),
    cause: {
      direct: say(said('硬盘出现坏道', '硬碟出現壞軌', 'Bad sectors on the disk')),
      underlying: say(said('硬盘使用超过 5 年', '硬碟使用超過 5 年', 'The disk was more than five years old')),
    },
    classification: { module: 'device', type: 'fault', cause: 'wear' },
    tags: [tag],
  }
}
