import type { Context as HttpContext } from 'hono'
import { said, type Locale } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { catalogues } from '../messages/catalogues.ts'
import { fieldCodes, problemCodes } from '../problems/schemas.ts'
import type { Env } from '../http/env.ts'
import { problem } from '../problems/problem.ts'
import { oneOf } from '../problems/words.ts'
import type { Context } from '../deps.ts'
import type { App } from './serving.ts'

/** `/problems/{code}`, the address that every problem has as its type: what it means and what to do, for people, without signing in. */
export function addProblemPages(app: App, { processes }: Pick<Context, 'processes'>): void {
  app.get('/problems', (c) => {
    const { locale, words } = spoken(c)
    const titles = catalogues[locale].problems
    const items = problemCodes.map((code) => `<li><a href="/problems/${code}">${code}</a> · ${text(say(titles[code].title, locale))}</li>`)
    return page(c, words.all, `<ul>${items.join('\n')}</ul>`)
  })
  app.get('/problems/:code', (c) => {
    const given = c.req.param('code')
    const code = problemCodes.find((candidate) => candidate === given)
    if (code === undefined) throw problem('unknown-route', { path: c.req.path })
    const { locale, words } = spoken(c)
    const { title, detail } = catalogues[locale].problems[code]
    const faults =
      code === 'invalid-input' ? fieldCodes.map((field) => [field, say(catalogues[locale].fields[field], locale)] as const) : []
    return page(
      c,
      say(title, locale),
      `<p>${text(say(detail, locale))}</p>
<p>${words.code} <code>${code}</code> · <a href="/problems">${words.all}</a></p>
${faults.length > 0 ? fieldList(words.fields, faults) : ''}`,
    )
  })

  /** A sentence whose values only a real problem has. */
  function say(template: string, locale: Locale): string {
    const ofAnyType = template.replaceAll(/\{(?:process|anyProcess)\}/g, oneOf(processes, locale))
    return ofAnyType.replaceAll(/\{\w+\}/g, '…').replaceAll(/[[\]]/g, '')
  }
}

/** What a field can be told, in one table: each is a `code` among the `errors`. */
function fieldList(title: string, told: readonly (readonly [code: string, sentence: string])[]): string {
  const rows = told.map(([code, sentence]) => `<tr><td><code>${code}</code></td><td>${text(sentence)}</td></tr>`)
  return `<h2>${title}</h2>\n<table>${rows.join('\n')}</table>`
}

const chrome = {
  all: said('所有问题', '所有問題', 'All problems'),
  code: said('代码', '代碼', 'Code'),
  fields: said('字段的错误', '欄位的錯誤', 'What can be wrong with a field'),
}

function spoken(c: HttpContext<Env>) {
  const locale = c.get('locale')
  return { locale, words: { all: chrome.all[locale], code: chrome.code[locale], fields: chrome.fields[locale] } }
}

function page(c: HttpContext<Env>, title: string, body: string) {
  const locale = c.get('locale')
  c.header('Content-Language', locale)
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  return c.html(`<!doctype html>
<html lang="${locale}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${text(title)} · Bihuan 闭环</title>
  <style>body { font: 1rem/1.6 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem } td { vertical-align: top; padding: .2rem 1rem .2rem 0 }</style>
</head>
<body>
<h1>${text(title)}</h1>
${body}
</body>
</html>
`)
}

function text(plain: string): string {
  return plain.replaceAll(/[&<>"]/g, (character) => own(entities, character) ?? character)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
