import { z } from 'zod'
import { reportReaders } from '../../domain/profile/reports.ts'
import { reportModelSchema } from '../../domain/reports/model.ts'
import { reportProcess } from '../../workflows/report/process.ts'
import { changesSchema } from '../views/reports.ts'
import { numberParamOf } from '../views/schemas.ts'
import { none, reading } from '../openapi/operation.ts'

/** What a report holds; that there is one, and who signed it, is told by the routes of all processes. */

const number = numberParamOf(reportProcess.labels.en)

export const reportFormats = {
  html: 'text/html',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const readReportContent = reading({
  path: '/api/reports/{number}/content',
  id: 'readReportContent',
  tag: 'Reports',
  summary: '报告内容 · What a report holds: as a page, for print, as a workbook, or as data',
  description:
    'Drawn from what was reckoned and kept when the report was made; asked again, it says the same. As a file it is in the language of `Accept-Language`.',
  roles: reportReaders,
  params: number,
  query: z.strictObject({
    format: z
      .enum(['model', 'html', 'pdf', 'xlsx'])
      .default('model')
      .describe(
        '`model`: everything, as data; `html`: a page; `xlsx`: a workbook with the rows behind every figure; `pdf`: for print. The first PDF of a machine takes a minute or more, in which what sets it is fetched',
      ),
  }),
  answer: {
    status: 200,
    description: 'It, in the format asked for',
    schema: reportModelSchema,
  },
  files: Object.values(reportFormats),
  problems: [404, 409, 429],
})

export const readReportChanges = reading({
  path: '/api/reports/{number}/changes',
  id: 'readReportChanges',
  tag: 'Reports',
  summary: '后续变化 · What would be other numbers now, by what was recorded after the report was made',
  description: 'A report keeps its numbers. Acts that were recorded late, and tickets reopened since, are told here.',
  roles: reportReaders,
  params: number,
  query: none,
  answer: { status: 200, description: 'The figures that would be others now', schema: changesSchema },
  problems: [404, 409, 429],
})
