import { said } from '../../../domain/labels.ts'
import { does, mayNot, type Script, type Telling } from '../script.ts'

/** A complex technical matter under a quality management system, led by the responsible department to its report (Q1–Q9). */
export const qmsService: Script = {
  title: said(
    '闭环演示：质量体系下的一张技术工单',
    '閉環示範：品質體系下的一張技術工單',
    'Bihuan: a technical matter under a quality management system',
  ),
  subtitle: said(
    '按“质量体系客户服务”流程：责任部门首次联系，客户认可后才结案，复杂问题附结案报告。',
    '依「品質體系客戶服務」流程：責任部門首次聯絡，客戶認可後才結案，複雜問題附結案報告。',
    'By the profile qms-service: first contact by the responsible department, no closing without the customer, a report on what is complex.',
  ),
  parts: ['customer', 'agent', 'engineer', 'tester'],
  registration: {
    by: 'agent',
    tells: said(
      '{agent}登记客户的技术问题，标为复杂问题，由技术支持组的{engineer}负责。',
      '{agent}登記客戶的技術問題，標為複雜問題，由技術支援組的{engineer}負責。',
      '{agent} registers a technical matter, marks it as complex, and names {engineer} of technical support for it.',
    ),
    form: ({ say, id }) => ({
      type: 'technical',
      priority: 'high',
      channel: 'email',
      customer: {
        name: say(said('陈先生', '陳先生', 'Mr Chen')),
        company: say(said('海鸥贸易', '海鷗貿易', 'Seagull Trading')),
        phone: '13812345678',
      },
      title: say(said('检测报告导出后数据为空', '檢測報告匯出後資料為空', 'Exported test report is empty')),
      description: say(
        said(
          '升级到 8.2 后，导出的检测报告没有数据。',
          '升級到 8.2 後，匯出的檢測報告沒有資料。',
          'Since the upgrade to 8.2 the exported report has no data.',
        ),
      ),
      fields: { productLine: 'software', complex: true },
      assignee: id('engineer'),
    }),
  },
  scenes: [
    does(
      'engineer',
      'contact',
      said(
        '{engineer}代表责任部门致电客户。',
        '{engineer}代表責任部門致電客戶。',
        '{engineer} calls the customer for the responsible department.',
      ),
      ({ say }) => ({
        channel: 'phone',
        direction: 'outbound',
        text: say(said('已了解现象，正在复现', '已了解現象，正在重現', 'Heard what happens, and is reproducing it')),
      }),
    ),
    does('engineer', 'accept', said('{engineer}接单确认。', '{engineer}確認接單。', '{engineer} accepts it.'), () => ({})),
    does(
      'engineer',
      'complete',
      said('{engineer}处理完成，转内部验证。', '{engineer}處理完成，轉內部驗證。', '{engineer} is done; it goes to verification.'),
      completion,
    ),
    does('tester', 'verify', said('{tester}验证通过。', '{tester}驗證通過。', '{tester} finds it right.'), verification),
    mayNot(
      'engineer',
      'close',
      said(
        '{engineer}想直接结案。客户还没有认可。',
        '{engineer}想直接結案。客戶還沒有認可。',
        '{engineer} would like to close it; the customer has not agreed yet.',
      ),
      () => ({}),
    ),
    does(
      'agent',
      'confirm',
      said(
        '{agent}请客户确认：仍有报告为空。未解决。',
        '{agent}請客戶確認：仍有報告為空。未解決。',
        '{agent} asks the customer: some reports are still empty. Unsolved.',
      ),
      ({ say }) => ({
        outcome: 'unsolved',
        channel: 'phone',
        remark: say(said('历史报告导出仍为空', '歷史報告匯出仍為空', 'Old reports are still empty')),
      }),
    ),
    does(
      'engineer',
      'complete',
      said('{engineer}补上历史报告，再次提交。', '{engineer}補上歷史報告，再次提交。', '{engineer} mends the old reports, too.'),
      completion,
    ),
    does('tester', 'verify', said('{tester}再次验证通过。', '{tester}再次驗證通過。', '{tester} finds it right again.'), verification),
    does('agent', 'confirm', said('客户认可。', '客戶認可。', 'The customer agrees.'), () => ({
      outcome: 'solved',
      channel: 'phone',
      satisfaction: 4,
    })),
    does(
      'engineer',
      'close',
      said('{engineer}以结案报告结案。', '{engineer}以結案報告結案。', '{engineer} closes it with a report.'),
      () => ({}),
    ),
    does('agent', 'callback', said('{agent}回访客户。', '{agent}回訪客戶。', '{agent} calls back.'), ({ say }) => ({
      reached: true,
      satisfaction: 4,
      experience: say(said('处理认真', '處理認真', 'Careful work')),
    })),
  ],
}

function completion({ say }: Telling) {
  return {
    solution: say(
      said('修正导出条件并重新生成报告', '修正匯出條件並重新產生報告', 'Corrected the condition of the export and made the reports again'),
    ),
    cause: {
      direct: say(said('导出条件遗漏了新的状态', '匯出條件遺漏了新的狀態', 'The condition left out a new state')),
      underlying: say(said('升级前没有回归导出功能', '升級前沒有迴歸匯出功能', 'The export was not tested before the upgrade')),
    },
    classification: { module: 'operation', type: 'technical', cause: 'design-defect' },
    tags: [say(said('报告导出条件', '報告匯出條件', 'Condition of the export'))],
  }
}

function verification({ say }: Telling) {
  return { passed: true, method: say(said('导出 10 份报告', '匯出 10 份報告', 'Exported ten reports')), sideEffectsChecked: true }
}
