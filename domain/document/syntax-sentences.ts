import { said } from '../labels.ts'

/** The sentences about a text that is not YAML or JSON. The parsers' own words are English only, and stand in English sentences only. */
export const syntaxSentences = {
  unprintable: said(
    '含有不能保存的字符（NUL 或半个字符），请删去',
    '含有不能保存的字元（NUL 或半個字元），請刪去',
    'contains a character that cannot be stored (NUL, or half of a character); take it out',
  ),
  'quote-open': said(
    '这里的文字以引号开头，末尾没有引号，请补上',
    '這裡的文字以引號開頭，末尾沒有引號，請補上',
    'a text begins with a quotation mark here and has none at its end; add it',
  ),
  'curly-quotes': said(
    '中文引号不能作 YAML 的引号，请改用半角的 " "',
    '中文引號不能作 YAML 的引號，請改用半形的 " "',
    'typographic quotation marks do not quote in YAML; use straight ones, " "',
  ),
  'full-width-colon': said(
    '键后的“：”是全角冒号，请改用半角冒号加空格，例如 id: acme',
    '鍵後的「：」是全形冒號，請改用半形冒號加空格，例如 id: acme',
    'the colon after the key is a full-width one; write a colon and a blank, such as id: acme',
  ),
  'full-width-comma': said(
    '括号中的“，”是全角逗号，请改用半角逗号加空格',
    '括號中的「，」是全形逗號，請改用半形逗號加空格',
    'the comma in these brackets is a full-width one; write a comma and a blank',
  ),
  'bare-braces': said(
    '含花括号的文字要加引号，例如 "TS{yyyyMMdd}{serial:3}"',
    '含大括號的文字要加引號，例如 "TS{yyyyMMdd}{serial:3}"',
    'a text with braces needs quotation marks, such as "TS{yyyyMMdd}{serial:3}"; put it in quotes',
  ),
  tab: said('不能用制表符缩进，请改用空格', '不能用定位字元縮排，請改用空格', 'tabs cannot indent YAML; use spaces'),
  indent: said(
    '缩进与上文不一致，请与同级各行左端对齐',
    '縮排與上文不一致，請與同級各行左端對齊',
    'the indentation does not fit the lines above; align it with the lines of its level',
  ),
  'colon-or-indent': said(
    '文字中有“: ”时要加引号；若无，则缩进与上文不一致，请与同级各行左端对齐',
    '文字中有「: 」時要加引號；若無，則縮排與上文不一致，請與同級各行左端對齊',
    'a text with ": " in it needs quotation marks; if there is none, align the line with the lines of its level',
  ),
  'no-colon': said(
    '这一行不是“键: 值”，请在键后写半角冒号加空格',
    '這一行不是「鍵: 值」，請在鍵後寫半形冒號加空格',
    'this line has no "key: value"; write a colon and a blank after the key',
  ),
  'unquoted-start': said(
    '以这个符号开头的文字要加引号',
    '以這個符號開頭的文字要加引號',
    'a text that begins with this sign needs quotation marks; put it in quotes',
  ),
  'bad-escape': said(
    '双引号中的反斜杠要写成两个，或改用单引号',
    '雙引號中的反斜線要寫成兩個，或改用單引號',
    'in double quotes a backslash is written twice; do so, or use single quotes',
  ),
  'two-documents': said(
    '一个文件只能有一份文档，请删去“---”及其后的内容',
    '一個檔案只能有一份文件，請刪去「---」及其後的內容',
    'one file holds one document; remove "---" and what follows',
  ),
  syntax: said(
    '不是有效的 YAML，请检查缩进、引号和括号',
    '不是有效的 YAML，請檢查縮排、引號和括號',
    'not valid YAML ({detail}); check indentation, quotes and brackets',
  ),
  'json-syntax': said(
    '不是有效的 JSON，请检查引号、逗号和括号',
    '不是有效的 JSON，請檢查引號、逗號和括號',
    'not valid JSON ({detail}); check quotes, commas and brackets',
  ),
}
