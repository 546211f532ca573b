import type { Catalogue } from './catalogue.ts'
import { colleagueProblems } from './colleagues.ts'
import { valueNames } from './value-names.ts'
import { fields } from './zh-TW-fields.ts'

export const zhTW: Catalogue = {
  problems: {
    // 流程拒絕
    'wrong-role': {
      title: '您的角色無權執行此操作',
      detail: '此操作[（{command}）]只能由以下角色執行：{roles}。請聯絡具有這些角色的同事。',
    },
    'only-for-yourself': {
      title: '只能為自己操作',
      detail: '您可以為自己執行此操作；為他人執行，只限以下角色：{roles}。請聯絡具有這些角色的同事。',
    },
    'not-yours': {
      title: '{process}不在您手上',
      detail: '只有{process}目前的處理人才能執行{command}[，目前的處理人：{holder}]。請主管轉交給您[，或先執行{first}]。',
    },
    'wrong-stage': {
      title: '目前階段不能執行此操作',
      detail:
        '{process}處於{stage}，不能執行{command}；可執行的階段：{stages}。[目前的處理人：{holder}。]請重新讀取{process}，allowed 列出了目前可執行的操作。',
    },
    'already-held': { title: '{process}已被認領', detail: '{process}目前的處理人是{holder}。請認領其他{process}，或請主管改派。' },
    'done-already': { title: '已經執行過', detail: '{process}已執行過{command}，只需一次，無須再次執行。' },
    ended: { title: '{process}已結束', detail: '{process}處於{stage}，不能再做任何操作。[如需繼續處理，請新增{another}。]' },
    'stale-version': {
      title: '{process}已被他人更新',
      detail: '您依據的是版本 {expected}，{process}現在是版本 {actual}。請重新讀取{process}後再決定。',
    },
    'invalid-input': { title: '提交的內容有誤', detail: '{summary}' },
    'unknown-ticket': { title: '沒有這個{process}', detail: '沒有您可以檢視的{process}[ {number}]。請核對編號。' },
    'no-review-meeting': {
      title: '不需要緊急評審',
      detail: '該{process}的優先等級[「{priority}」]不需要緊急評審。請直接分派，或先變更優先等級。',
    },
    'plan-needed': { title: '須先提交解決方案', detail: '請先提交解決方案，再執行{command}。' },
    'not-waiting': { title: '{process}不在等待中', detail: '{process}目前沒有等待任何一方，無需恢復。' },
    'already-waiting': { title: '{process}已在等待中', detail: '{process}已掛起[（{for}）]。請先恢復處理。' },
    'callback-finished': { title: '回訪已結束', detail: '已成功回訪客戶，或已最終記錄為未聯絡上，不必再次回訪。' },
    'nothing-held': {
      title: '沒有可退回的{process}',
      detail: '沒有可以退回或交接的內容[：{person}與此{process}無關]。請重新讀取{process}，查看目前的處理人。',
    },
    // 流程之外
    'article-finished': { title: '知識入庫已完成', detail: '沒有待辦的知識入庫：文章已提交、已判定不需要，或{process}尚未結案。' },
    'same-priority': {
      title: '優先等級沒有變化',
      detail: '{process}的優先等級已經是「{priority}」。請選擇另一個優先等級，或執行「確認優先等級」。',
    },
    'change-pending': {
      title: '優先等級變更正在審核',
      detail: '[{person} ]已申請[把優先等級改為「{priority}」]，尚未審核。請先等主管審核。',
    },
    'no-change-pending': { title: '沒有待審核的變更', detail: '此{process}沒有待審核的優先等級變更。請重新查看{process}。' },
    'own-request': { title: '不能審核自己的申請', detail: '{command} 須由申請人以外的主管執行。請另一位主管審核。' },
    'own-signature': { title: '不能由同一人簽署', detail: '{command} 須由前面未簽署過的同事執行。請另一位同事簽署。' },
    'signed-meanwhile': {
      title: '已有人先行審核',
      detail: '本{process}已[由{person}]審核；{command}目前僅限：{roles}。請重新讀取後聯絡其中一人。',
    },
    'not-your-action': {
      title: '這項措施不由您負責',
      detail: '{command}僅限該措施的負責人[（{holder}）]和本{process}的負責人。請聯絡其中一人。',
    },
    'judged-already': { title: '已經評定', detail: '{number} 已經評定或免評。如需更正，請使用{needed}並說明原因。' },
    'action-ended': { title: '已經完成', detail: '第 {action} 項措施已經完成或取消。請重新讀取本{process}。' },
    'not-reckoned': { title: '正在產生', detail: '{number} 正在統計，還沒有內容。請一分鐘後再檢視。' },
    'assessments-fall-due': {
      title: '考核由管理層開始',
      detail: '這會開始尚未產生的考核（{numbers}），考核僅由管理層開始。請由管理層進行，或只選擇其間沒有考核到期的時間。',
    },
    'made-already': { title: '已經存在', detail: '{number} 已經存在，同樣的只有一份，請直接檢視。' },
    'open-already': {
      title: '已有進行中的同類{process}',
      detail: '同類{process}同時只能有一個，請在進行中的{process}[ {number} ]中繼續[：{url}]。',
    },
    'actions-full': { title: '改善措施過多', detail: '每個{process}最多 {limit} 項改善措施，其餘請另行發起。' },
    'own-score': { title: '不能處理本人的評分', detail: '任何人不得處理本人的評分或表揚，請由管理層的其他人員處理。' },
    'not-their-superior': { title: '無權處理該評分', detail: '評分由該部門負責人或管理層處理，請與其聯絡。' },
    'not-their-score': { title: '不是您的評分', detail: '異議由考核對象本人提出，團隊的由團隊負責人提出。請告知當事人。' },
    'scores-closed': {
      title: '無權檢視評分',
      detail:
        '評分僅供管理層、該部門負責人檢視；確認後，考核對象可檢視本人的評分。非管理層請逐一檢視：scores/person/…，或 content?subject=person:…。',
    },
    'confirmed-already': {
      title: '評分已確認',
      detail: '評分確認後不再更改[，考核對象可在 {until} 前提出異議]。如有不當，可透過裁定異議更正。',
    },
    'not-confirmed': { title: '尚未確認', detail: '該評分尚未確認，確認後才能提出異議。' },
    'objection-late': { title: '異議期已過', detail: '該評分的異議期至 {until} 為止，現已定稿。' },
    'no-objection': { title: '沒有待裁定的異議', detail: '該評分沒有待裁定的異議，請重新檢視評分。' },
    'objection-decided': { title: '已經裁定', detail: '此處的異議已裁定，裁定後評分即為最終結果，請重新檢視評分。' },
    'objected-already': {
      title: '已提出過異議',
      detail: '每項評分只能提出一次異議，該評分已提出過[，將於 {until} 前裁定]。裁定結果請檢視該評分。',
    },
    'own-decision': { title: '不能裁定自己確認的評分', detail: '異議須由確認評分以外的人裁定，請由管理層的其他人員處理。' },
    'own-nomination': { title: '不能提名自己', detail: '不能提名本人，請由瞭解該方案的同事提名。' },
    'own-record': { title: '不能認定自己申報的事項', detail: '認定客觀原因或確認補錄，須由申報延期、補錄者以外的人處理，請由其他人處理。' },
    'item-decided': { title: '已作認定', detail: '{item} 已執行過{command}。評分確認前，請先撤銷該認定。' },
    'own-proposal': { title: '不能處理自己的提名', detail: '提名人不得對本人提出的提名作決定，請由管理層的其他人員處理。' },
    'nominated-already': { title: '已經提名', detail: '您已因 {number} 提名過{person}，只需一次。' },
    'nominations-used': { title: '您的提名次數已用完', detail: '每人在同一{process}中最多提名 {limit} 次，請於下一次提名。' },
    'nominations-full': { title: '提名已滿', detail: '每個{process}最多 {limit} 項提名，請於下一次提名。' },
    'nomination-decided': { title: '已作決定', detail: '提名 {nomination} 已執行過{command}，只需一次。' },
    'commended-already': { title: '已評定', detail: '{person}已獲評為優秀個人，只需一次。' },
    'nothing-to-commend': { title: '沒有待決定的表揚', detail: '此{process}沒有待決定的表揚，請重新檢視。' },
    'no-own-acts': {
      title: '沒有可記錄的自訂操作',
      detail: '此處沒有您可用{command}記錄的操作。請重新讀取{process}，allowed 列出了目前可執行的操作。',
    },
    'act-not-here': {
      title: '目前階段不能記錄此操作',
      detail: '{process}處於{stage}，不能記錄{act}；可記錄的階段：{stages}。請重新讀取{process}，allowedActs 列出了目前可記錄的操作。',
    },
    'act-not-yours': {
      title: '您不能記錄此操作',
      detail: '{act}只能由下列人員記錄：{roles}[；目前的處理人：{holder}]。請由他們記錄，或請管理員調整流程設定。',
    },
    ...colleagueProblems['zh-TW'],
    'own-work': { title: '不能評定自己的工作', detail: '{number} 由您處理過或由您提交，請由其他同事評定。' },
    'effect-unchecked': { title: '尚未驗證效果', detail: '改善效果尚未驗證。請等待驗證日，或先驗證效果，再執行此操作。' },
    'urged-already': {
      title: '剛剛催辦過',
      detail: '{process}已於 {since} 催辦過，催辦已記錄，系統會通知相關人員；勿擾時段內的通知稍後寄出。{again} 之後可再次催辦。',
    },
    'nothing-to-defer': { title: '沒有可延期的期限', detail: '此{process}目前沒有解決期限，無須延期。請先提交解決方案約定期限。' },
    'no-task': { title: '沒有待辦', detail: '此{process}沒有未完成的待辦，無須處理。' },
    'calendar-old': { title: '日曆版本過舊', detail: '{process}已按第 {version} 版或更新的工作日曆計時，無須再更新。' },
    'malformed-request': {
      title: '無法辨識的請求',
      detail: '無法讀取請求：{reason}。請使用 HTTP/1.1，請求標頭最多 16 KiB，傳送時不要長時間停頓。',
    },
    'malformed-target': {
      title: '位址中有不允許的字元',
      detail: '請求位址只能用 ASCII 字元，不能有空格。請把其他字元以 UTF-8 做百分號編碼，例如 q=出貨 寫成 q=%E5%87%BA%E8%B2%A8。',
    },
    'malformed-body': {
      title: '無法讀取請求內容',
      detail: '請求內容不是有效的 {format}[（第 {line} 行第 {column} 欄）]。請以 UTF-8 編碼的 {format} 傳送。',
    },
    'not-utf-8': {
      title: '請求內容不是 UTF-8 編碼',
      detail: '請求內容第 {line} 行不是 UTF-8 編碼[，可能是 {seems}]。請將檔案另存為 UTF-8 後再傳送。',
    },
    'malformed-header': { title: '無法讀取請求標頭', detail: '請求標頭 {header} 必須是{expected}。' },
    'not-signed-in': { title: '未登入', detail: '請提供有效的權杖：Authorization: Bearer …。目前的權杖缺少、不存在、已過期或已撤銷。' },
    'unknown-host': {
      title: '存取所用的主機名稱不對',
      detail: '請求標頭 Host 不是本服務的主機名稱。請改用 127.0.0.1 或 localhost；若要使用其他名稱，請管理員在 BIHUAN_HOSTS 中加入。',
    },
    'unknown-route': { title: '沒有這個位址', detail: '{path} 不存在。所有位址請見 /docs。' },
    'unknown-command': { title: '沒有這個操作', detail: '{process}沒有操作「{given}」[，您是否想用「{nearest}」]。所有操作請見 /docs。' },
    'unknown-profile': {
      title: '沒有這個流程設定',
      detail:
        '沒有流程設定「{profile}」[的版本 {version}]。已安裝：{profiles}。[「{template}」是範本：流程設定與它的不同之處，可用 ?showing=why 檢視該設定。]',
    },
    'profile-not-in-force': {
      title: '流程設定未在使用',
      detail: '「{profile}」目前不能用於登記[：自 {from} 起生效][：已於 {since} 停用]。可用：{profiles}。',
    },
    'unknown-calendar': { title: '沒有這個工作日曆', detail: '沒有工作日曆「{calendar}」[的版本 {version}]。已安裝：{calendars}。' },
    'unknown-person': { title: '沒有這個人員', detail: '沒有人員「{id}」。請查看 /api/people。' },
    'unknown-team': { title: '沒有這個團隊', detail: '沒有團隊「{id}」。請查看 /api/teams。' },
    'unknown-schedule': { title: '沒有這個報告排程', detail: '{given} 沒有報告排程。設定了報告的流程，安裝後一分鐘內產生排程。' },
    'unknown-figure': {
      title: '沒有這個統計項',
      detail: '沒有統計項「{given}」[，您是否想用「{nearest}」]。可用的有：{figures}。請查看 /api/figures。',
    },
    'unknown-request': { title: '沒有這個請求', detail: '您沒有以「{key}」為冪等鍵且已執行的請求。如果應當有，請用同一個鍵重新傳送。' },
    'unknown-token': { title: '沒有這個權杖', detail: '您沒有編號為 {id} 的權杖。請查看 /api/tokens。' },
    'unknown-notice': { title: '沒有這則通知', detail: '沒有編號為 {id} 的通知。請查看 /api/notices。' },
    'unknown-customer': { title: '沒有這份客戶檔案', detail: '沒有編號為 {customer} 的客戶檔案。請查看 /api/customers。' },
    'unknown-absence': { title: '沒有這筆請假紀錄', detail: '沒有編號為 {id} 的請假紀錄。請查看 /api/absences。' },
    'absence-ended': { title: '這次請假已經結束', detail: '這次請假已於 {until} 結束，不能再修改。若再次請假，請新增一筆紀錄。' },
    'unknown-template': { title: '沒有這則話術', detail: '沒有話術「{id}」[，現有：{templates}]。請查看 /api/templates。' },
    'notice-not-dead': { title: '這則通知無須重發', detail: '這則通知已依原定方式寄出，或即將自動寄出（狀態：{status}），無須重發。' },
    'too-many-tokens': {
      title: '權杖數量已達上限',
      detail: '您已有 {limit} 個有效權杖，達到上限。請查看 /api/tokens，撤銷一個不再使用的權杖。',
    },
    'method-not-allowed': { title: '此位址不支援該方法', detail: '{path} 不支援 {method}，可用：{methods}。' },
    'version-taken': {
      title: '該版本已存在',
      detail:
        '「{id}」的版本 {version} 已安裝，但內容不同[：安裝時繼承 {extended}，現在會繼承 {extends}]。已安裝的版本不會改變：請提高 version 後重新提交。',
    },
    'version-old': {
      title: '已有更新的版本',
      detail: '「{id}」已安裝版本 {installed}，比 {version} 新。請以已安裝的版本為基礎，提高 version 後提交。',
    },
    'too-many-members': {
      title: '請求內容項目過多',
      detail: '請求內容的成員和清單項目合計最多 {limit} 個。請刪去用不到的成員，或分多次提交。',
    },
    'body-too-large': { title: '請求內容過大', detail: '請求內容最大 {limit}。請減少內容或分多次提交。' },
    'incomplete-body': {
      title: '請求內容不完整',
      detail: '連線在請求內容全部送達之前中斷。請求未生效，請使用相同的 Idempotency-Key 重新傳送。',
    },
    'unsupported-encoding': {
      title: '不支援壓縮的請求內容',
      detail: '請移除 Content-Encoding（{encoding}），直接傳送未壓縮的內容，最大 1 MiB。',
    },
    'unsupported-media-type': { title: '不支援的內容類型', detail: '請以下列類型傳送請求內容：{types}。' },
    'key-reused': {
      title: '該鍵屬於另一個請求',
      detail: '冪等鍵「{key}」已用於另一個位址或另一份內容。新請求請使用新鍵；重送請求請保持內容不變並使用原鍵。',
    },
    'contact-lookup': {
      title: '無法用電話或電子郵件查詢',
      detail: '只有以下角色可以用客戶的電話或電子郵件查詢工單：{roles}。請改用姓名、公司或工單編號，或請具有這些角色的同事代查。',
    },
    'too-many-lookups': { title: '查詢太頻繁', detail: '您在短時間內查詢了太多電話或電子郵件。請於 {seconds} 秒後再試。' },
    'too-many-requests': { title: '請求過多', detail: '服務已達上限。請在 {seconds} 秒後用同一個 Idempotency-Key 重試。' },
    'daily-limit': {
      title: '今日次數已用完',
      detail: '24 小時內最多 {limit} 次，目前已用完。請於 {again} 之後再試；如有急事，請直接致電客服。',
    },
    internal: { title: '系統出錯', detail: '系統內部出錯。請將請求編號 {requestId} 告知管理員。可以用同一個 Idempotency-Key 放心重送。' },
    'database-away': {
      title: '資料庫暫時無法存取',
      detail: '您的請求可能尚未生效。請在 {seconds} 秒後用同一個 Idempotency-Key 重試：只會生效一次。',
    },
    'pdf-unavailable': {
      title: '暫時無法產生 PDF',
      detail: '排版工具未能下載或無法執行。請改用 format=html（同樣可以列印）；原因見介面日誌。',
    },
    'temporal-away': {
      title: '工作流程服務暫時無法存取',
      detail: '您的請求已保存，可能尚未生效。請在 {seconds} 秒後用同一個 Idempotency-Key 重試：只會生效一次。',
    },
    'in-progress': {
      title: '{process}正在背景更新',
      detail: '{process}正在背景更新。請在 {seconds} 秒後用同一個 Idempotency-Key 重試：只會生效一次。',
    },
    'outcome-unknown': {
      title: '未在時限內得到答覆',
      detail: '目前還不知道您的請求是否生效。請用同一個 Idempotency-Key 再次傳送：只會生效一次，並會得到結果。',
    },
  },
  fields,
  ...valueNames['zh-TW'],
  listSeparator: '、',
  sentenceSeparator: '；',
  pathSeparator: '：',
  quotes: ['「', '」'],
  notCovered: '節假日安排只公布到 {date}：之後的日子僅按每週工作時間計算，公布後可能變動。請更新工作日曆「{calendar}」。',
  notCoveredBefore: '節假日安排自 {date} 起才有：之前的日子僅按每週工作時間計算。請在工作日曆「{calendar}」中補上此前各年。',
  tell: {
    numberOnly: '工單已建立，工單編號：{number}。',
    start: '工單已建立，工單編號：{number}。我們將在{within}內開始處理[，最遲不晚於 {by}]。',
  },
}
