import { html, raw } from 'hono/html'
import type { Locale } from '../../domain/labels.ts'
import type { ReportModel, Signed } from '../../domain/reports/model.ts'
import type { DocumentSection, ReportDocument, SignatureField } from '../document.ts'
import { documentOf } from '../make.ts'
import { readable } from '../readable.ts'
import { blockHtml, type Html } from './blocks.ts'
import { style } from './style.ts'

/**
 * A report as a page that needs nothing else: no script, no picture from elsewhere, one style. To be looked at on a desk or a phone, and to be
 * printed. It is served under a policy that allows this style and nothing more.
 */
export function page(model: ReportModel, signed: Signed, locale: Locale): string {
  return pageOf(documentOf(model, signed, locale), locale)
}

/** The same of any document. */
export function pageOf(document: ReportDocument, locale: Locale): string {
  const { title, subtitle, owner, facts, record, mark, quiet, highlights, sections, signatures } = document
  const whole = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${subtitle}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <div class="top">
            <span>${owner}</span>
            ${record ? html`<span>${[record.number, record.version].map(({ name, value }) => html`<span>${name} ${value}</span>`)}</span>` : ''}
          </div>
          <h1>${title}</h1>
          <p class="subtitle">${subtitle}</p>
          ${mark ? html`<div class="standing"><strong>${mark.name}</strong><span>${mark.value}</span></div>` : ''}
          <dl class="facts">
            ${facts.map(
              ({ name, value }) =>
                html`<dt>${name}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>
          ${highlightsHtml(highlights, quiet)} ${sections.map(sectionHtml)} ${signaturesHtml(signatures)}
        </main>
      </body>
    </html>`
  if (whole instanceof Promise) throw new TypeError('nothing on a page is waited for')
  return readable(whole.toString())
}

function highlightsHtml(highlights: ReportDocument['highlights'], quiet: string | null): Html {
  if (!highlights) return html``
  return html`<div class="highlights">
    <h2>${highlights.heading}</h2>
    ${quiet === null ? '' : html`<p class="quiet">${quiet}</p>`} ${highlights.sentences.map((sentence) => html`<p>${sentence}</p>`)}
  </div>`
}

function sectionHtml({ id, heading, blocks }: DocumentSection): Html {
  return html`<section id="${id}">
    <h2>${heading}</h2>
    ${blocks.map(blockHtml)}
  </section>`
}

function signaturesHtml(signatures: ReportDocument['signatures']): Html {
  if (signatures.length === 0) return html``
  return html`<div class="signatures">${signatures.map(signatureHtml)}</div>`
}

function signatureHtml({ role, name, at }: SignatureField): Html {
  return html`<div>
    <span class="role">${role}</span>
    <span class="who">${name ?? ''}</span>
    <span class="when">${at.name}${at.isSigned ? ` ${at.value}` : ''}</span>
  </div>`
}
