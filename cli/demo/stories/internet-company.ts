import { said } from '../../../domain/labels.ts'
import { does, mayNot, type Script, type Telling } from '../script.ts'

/** An urgent fault at an internet company, from the website to the archive of knowledge (R0–R11). */
export const internetCompany: Script = {
  title: said('闭环演示：互联网公司的一张紧急工单', '閉環示範：網路公司的一張緊急工單', 'Bihuan: an urgent ticket at an internet company'),
  subtitle: said(
    '按“互联网公司工单”流程：受理审核、分派、方案、验证、反馈，每一步都有时限。',
    '依「網路公司工單」流程：受理審核、分派、方案、驗證、回覆，每一步都有時限。',
    'By the profile internet-company: review, assignment, plan, verification and feedback, each with its deadline.',
  ),
  parts: ['customer', 'agent', 'engineer', 'tester'],
  registration: {
    by: 'customer',
    tells: said(
      '{customer}在官网提交工单：付款之后订单仍显示未支付。紧急工单，部门负责人会立即收到通知。',
      '{customer}在官方網站提交工單：付款之後訂單仍顯示未付款。緊急工單，部門負責人會立即收到通知。',
      '{customer} reports on the website that a paid order is shown as unpaid. It is urgent: the head of the department is told at once.',
    ),
    form: ({ say }) => ({
      type: 'technical-fault',
      priority: 'urgent',
      channel: 'site',
      title: say(said('付款成功后订单仍显示未支付', '付款成功後訂單仍顯示未付款', 'Paid order is shown as unpaid')),
      description: say(
        said(
          '今天付款成功，银行已扣款，订单页仍显示未支付。',
          '今天付款成功，銀行已扣款，訂單頁仍顯示未付款。',
          'The bank has taken the money today, and the page of the order still says unpaid.',
        ),
      ),
      fields: { place: say(said('订单详情页', '訂單明細頁', 'Page of the order')) },
    }),
  },
  scenes: [
    does(
      'agent',
      'review-intake',
      said(
        '{agent}立即审核：缺少账号和错误提示，请客户补充。资料齐全之前不分派。',
        '{agent}立即審核：缺少帳號和錯誤訊息，請客戶補充。資料齊全之前不分派。',
        '{agent} reviews it at once: account and error text are missing and asked of the customer. Nobody is assigned before.',
      ),
      ({ say }) => ({
        complete: false,
        missing: [say(said('客户账号', '客戶帳號', 'Account')), say(said('错误提示', '錯誤訊息', 'Error text'))],
      }),
    ),
    mayNot(
      'agent',
      'assign',
      said('{agent}想先分派给{engineer}。', '{agent}想先分派給{engineer}。', '{agent} would like to assign it to {engineer} already.'),
      ({ id }) => ({ assignee: id('engineer') }),
    ),
    does(
      'customer',
      'supplement',
      said('{customer}补充账号和错误提示。', '{customer}補充帳號和錯誤訊息。', '{customer} adds account and error text.'),
      ({ say }) => ({
        fields: { account: 'hejun', errorText: say(said('支付结果确认中', '付款結果確認中', 'Payment is being confirmed')) },
      }),
    ),
    does(
      'agent',
      'review-intake',
      said('{agent}再次审核：资料齐全。', '{agent}再次審核：資料齊全。', '{agent} reviews it again: everything is there.'),
      () => ({ complete: true }),
    ),
    does(
      'agent',
      'diagnose',
      said('{agent}归类：交易与支付。', '{agent}歸類：交易與付款。', '{agent} files it under trading and payment.'),
      ({ say }) => ({
        summary: say(
          said('支付成功通知没有送达订单服务', '付款成功通知沒有送達訂單服務', 'The notice of payment did not reach the order service'),
        ),
        module: 'trading',
        reproduced: true,
      }),
    ),
    does(
      'agent',
      'assign',
      said(
        '{agent}分派给技术支持组的{engineer}。',
        '{agent}分派給技術支援組的{engineer}。',
        '{agent} assigns it to {engineer} of technical support.',
      ),
      ({ id }) => ({ assignee: id('engineer') }),
    ),
    does('engineer', 'accept', said('{engineer}接单确认。', '{engineer}確認接單。', '{engineer} accepts it.'), () => ({})),
    mayNot(
      'engineer',
      'complete',
      said('{engineer}想直接补单了事。', '{engineer}想直接補單了事。', '{engineer} would like to correct the order and be done.'),
      (telling) => completion(telling),
    ),
    does(
      'engineer',
      'plan',
      said(
        '{engineer}先提交解决方案，写明对客户的影响。',
        '{engineer}先提交解決方案，寫明對客戶的影響。',
        '{engineer} files a plan first, with what it means for the customer.',
      ),
      ({ say, inHours }) => ({
        kind: 'data-repair',
        steps: say(
          said(
            '1. 按银行流水补发支付通知；2. 核对今天的其他订单。',
            '1. 依銀行流水補發付款通知；2. 核對今天的其他訂單。',
            '1. Send the notices of payment again by the statements of the bank. 2. Check the other orders of today.',
          ),
        ),
        impact: say(
          said(
            '客户无需操作，订单页最多 1 分钟不可用',
            '客戶不必操作，訂單頁最多 1 分鐘無法使用',
            'Customers do nothing; the page is away for a minute at most.',
          ),
        ),
        estimatedFinishAt: inHours(2),
      }),
    ),
    does(
      'agent',
      'record-coordination',
      said(
        '涉及两个部门，{agent}召集协调会：技术支持补发通知，研发查明原因，各有时限。',
        '涉及兩個部門，{agent}召集協調會：技術支援補發通知，研發查明原因，各有時限。',
        'Two departments are needed: {agent} leads a coordination meeting. Technical support sends the notices again, R&D finds out why; each by its own time.',
      ),
      ({ say, id, inHours }) => ({
        participants: [say(said('技术支持组', '技術支援組', 'Technical support')), say(said('产品研发部', '產品研發部', 'R&D'))],
        duties: [
          {
            department: 'tech-support',
            duty: say(said('补发支付通知', '補發付款通知', 'Send the notices of payment again')),
            milestones: [
              {
                what: say(said('核对今天的全部订单', '核對今天的全部訂單', 'All orders of today checked')),
                owner: id('engineer'),
                dueAt: inHours(1),
              },
            ],
          },
          { department: 'research', duty: say(said('查明通知丢失的原因', '查明通知遺失的原因', 'Find out why notices were lost')) },
        ],
        minutes: say(
          said(
            '先恢复客户订单，再查原因。研发明天给出结论。',
            '先恢復客戶訂單，再查原因。研發明天給出結論。',
            'The orders of customers come first, the cause after them. R&D says tomorrow what it was.',
          ),
        ),
      }),
    ),
    does(
      'engineer',
      'report-milestone',
      said(
        '{engineer}按期完成里程碑，{agent}随即收到。',
        '{engineer}如期完成里程碑，{agent}隨即收到。',
        '{engineer} reaches the milestone in time, and {agent} hears of it.',
      ),
      ({ say }) => ({ milestone: 1, result: say(said('共 3 笔，均已补发', '共 3 筆，均已補發', 'Three orders; all are corrected')) }),
    ),
    does(
      'engineer',
      'update-progress',
      said(
        '{engineer}更新进度，客户也会收到。',
        '{engineer}更新進度，客戶也會收到。',
        '{engineer} reports progress, of which the customer hears, too.',
      ),
      ({ say }) => ({
        text: say(
          said(
            '已找到未送达的支付通知，正在补发，预计 2 小时内完成。',
            '已找到未送達的付款通知，正在補發，預計 2 小時內完成。',
            'We have found the notices that were not delivered and are sending them again. This should take two hours at most.',
          ),
        ),
        visibleToCustomer: true,
      }),
    ),
    does(
      'engineer',
      'complete',
      said('{engineer}处理完成，转内部验证。', '{engineer}處理完成，轉內部驗證。', '{engineer} is done; it goes to verification.'),
      completion,
    ),
    does(
      'tester',
      'verify',
      said(
        '{tester}验证：有一笔订单仍未更新，退回。',
        '{tester}驗證：有一筆訂單仍未更新，退回。',
        '{tester} checks it: one order is still wrong. Back to handling.',
      ),
      ({ say }) => ({
        passed: false,
        method: checked(say),
        remark: say(said('1 笔订单仍显示未支付', '1 筆訂單仍顯示未付款', 'One order still says unpaid')),
        sideEffectsChecked: false,
      }),
    ),
    does(
      'engineer',
      'complete',
      said('{engineer}补上这一笔，再次提交。', '{engineer}補上這一筆，再次提交。', '{engineer} corrects it, too, and hands it in again.'),
      completion,
    ),
    does(
      'tester',
      'verify',
      said(
        '{tester}验证通过，客户收到处理结果。',
        '{tester}驗證通過，客戶收到處理結果。',
        '{tester} finds it right; the customer hears of the result.',
      ),
      ({ say }) => ({ passed: true, method: checked(say), sideEffectsChecked: true }),
    ),
    does(
      'agent',
      'confirm',
      said(
        '{agent}请客户确认：已解决，非常满意。',
        '{agent}請客戶確認：已解決，非常滿意。',
        '{agent} asks the customer: solved, and very satisfied.',
      ),
      () => ({ outcome: 'solved', channel: 'phone', satisfaction: 5 }),
    ),
    does(
      'agent',
      'callback',
      said(
        '{agent}回访，并告知客户今后有任何问题都可以随时联系。',
        '{agent}回訪，並告知客戶今後有任何問題都可以隨時聯絡。',
        '{agent} calls back, and says that the customer is welcome at any time.',
      ),
      ({ say }) => ({ reached: true, satisfaction: 5, experience: say(said('处理及时', '處理及時', 'Quick')) }),
    ),
  ],
}

type Say = Telling['say']

function completion({ say }: Telling) {
  return {
    solution: say(
      said(
        '按银行流水补发支付通知，并核对订单',
        '依銀行流水補發付款通知，並核對訂單',
        'Sent the notices of payment again by the statements of the bank, and checked the orders',
      ),
    ),
    cause: {
      direct: say(
        said('支付通知队列积压，部分通知超时', '付款通知佇列積壓，部分通知逾時', 'The queue of notices was full, and some timed out'),
      ),
      underlying: say(said('活动前没有评估队列容量', '活動前沒有評估佇列容量', 'Nobody had reckoned what the campaign would need')),
    },
    classification: { module: 'trading', type: 'technical-fault', cause: 'capacity' },
    tags: [say(said('支付通知积压', '付款通知積壓', 'Queue of payment notices'))],
  }
}

function checked(say: Say): string {
  return say(said('抽查今天的 20 笔订单', '抽查今天的 20 筆訂單', 'Checked 20 orders of today'))
}
