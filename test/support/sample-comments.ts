import { said, type Labels } from '../../domain/labels.ts'

/** What customers say in the sample reports. */

interface SampleTheme {
  readonly label: Labels
  /** Which share of all comments speaks of it, and which of those is of satisfied customers. */
  readonly part: number
  readonly satisfied: number
  readonly examples: readonly (readonly [score: number, text: string])[]
}

/** The last is of no theme. */
export const sampleComments: readonly SampleTheme[] = [
  {
    label: said('处理速度', '處理速度', 'Speed'),
    part: 0.34,
    satisfied: 0.81,
    examples: [
      [2, '等了三天才有人联系，中间打过两次电话都说在排查 / 希望进度能主动短信通知'],
      [3, '解决了，但时间太长，月底对账差点误了。负责人电话 139****2204，可以再沟通'],
      [5, '半小时就远程处理好了，比预期快'],
    ],
  },
  {
    label: said('沟通与主动告知', '溝通與主動告知', 'News without asking'),
    part: 0.27,
    satisfied: 0.74,
    examples: [
      [1, '承诺周五前回复，到周一也没有人告诉我们进展；我们主管很不满意，影响了门店当天营业'],
      [3, '每次都要我们来问才知道到哪一步'],
      [4, 'The engineer explained what was wrong, but nobody told us when the fix would be installed.'],
    ],
  },
  { label: said('工程师态度', '工程師態度', 'Manners'), part: 0.19, satisfied: 0.98, examples: [[5, '全程有人跟进，态度很好，讲得清楚']] },
  { label: said('上门与备件', '到場與備品', 'Visits and spare parts'), part: 0.02, satisfied: 0.6, examples: [[2, '备件来了两次都不对']] },
  {
    label: said('未归入主题', '未歸入主題', 'Of no theme'),
    part: 0.26,
    satisfied: 0.94,
    examples: [
      [5, '很满意'],
      [4, '总体满意'],
    ],
  },
]
