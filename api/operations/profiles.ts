import { z } from 'zod'
import { labelsSchema } from '../../domain/labels.ts'
import { profileStates } from '../../domain/profile/in-force.ts'
import { templateSchema, writtenSchema } from '../../domain/profile/written.ts'
import { profileSchema, type Profile } from '../../domain/profile/schema.ts'
import { warningCodes } from '../../domain/profile/warning-sentences.ts'
import { imaginedSchema, storySchema } from '../../rehearsal/asked.ts'
import { formSchema } from '../views/form.ts'
import { rehearsalSchema } from '../views/rehearsal-schemas.ts'
import { reasonSchema } from '../../workflows/common/inputs.ts'
import { instantAnswer, localeSchema, personAnswer, wholeList } from '../views/schemas.ts'
import { flag } from '../http/query.ts'
import { none, reading, receiving, writing } from '../openapi/operation.ts'
import { everyRole, staffRoles } from '../access/roles.ts'
import { installation, installedSchema, versionsAnswer } from '../views/installation.ts'
import { versionQuery, yamlBody } from './documents.ts'

const idParam = z.strictObject({ id: z.string().min(1).max(100).describe('id of the profile, such as tech-support') })
const content = { 'application/json': writtenSchema, 'application/yaml': yamlBody }

const standingShape = {
  state: z.enum(profileStates).meta({
    id: 'ProfileState',
    description:
      '`current`: new tickets run by it. `upcoming`: the day of none of its versions has come. `retired`: nothing new runs by it, what runs goes on',
  }),
  next: z
    .object({ version: z.int().min(1).describe('its number'), effectiveFrom: z.string().describe('the day from which it is in force') })
    .meta({ id: 'NextProfileVersion', description: 'The version that is the next to come into force' })
    .nullable()
    .describe('the version that is the next to come into force; null where none is to come'),
}
const retiredAt = instantAnswer('since when nothing new runs by it or extends it').nullable()

const listedSchema = z
  .object({
    id: z.string().describe('its id'),
    version: z.int().min(1).describe('the version by which new tickets run; where none is in force, the next one or the newest'),
    ...standingShape,
    label: labelsSchema,
    title: z.string().describe('title of the document that it puts into practice'),
    effectiveFrom: z.string().describe('the day from which that document holds'),
    ...installation,
    installedBy: installation.installedBy.nullable().describe('who installed it; null for customers'),
  })
  .meta({ id: 'ListedProfile', description: 'An installed profile' })
const listedTemplateSchema = z
  .object({
    id: listedSchema.shape.id,
    version: z.int().min(1).describe('its newest version'),
    retiredAt,
    label: labelsSchema,
    ...installation,
  })
  .meta({ id: 'ListedTemplate', description: 'An installed template: something to extend, by which no ticket runs' })
const warningSchema = z
  .object({
    code: z.enum(warningCodes).meta({ id: 'ProfileWarningCode', description: 'which warning it is' }),
    path: z.string().describe('where in the profile'),
    line: z.int().min(1).nullable().describe('line of the text, counted from 1; null where none is to blame'),
    text: z.string().describe('what would be forgotten'),
    remedy: z.string().describe('what helps'),
  })
  .meta({ id: 'ProfileWarning', description: 'What a sound profile would let people forget' })
const installed = installedSchema('InstalledProfile', 'profile').safeExtend({
  warnings: z
    .array(warningSchema)
    .describe('what would let a promise be forgotten, in the order of the text; of a template nothing is said'),
})
const readSchema = profileSchema
  .safeExtend({ versions: versionsAnswer, ...standingShape, ...installation })
  .meta({ id: 'ReadProfile', description: 'A profile, whole' })
const wholeSchema = z.union([
  readSchema,
  templateSchema
    .safeExtend({
      template: z.boolean().describe('always true: no ticket runs by it'),
      versions: versionsAnswer,
      retiredAt,
      ...installation,
    })
    .meta({ id: 'ReadTemplate', description: 'A template, with all that it has' }),
])

/** What the document of a profile that was read says: without what is answered of its installation. */
export function contentOf({
  versions: _,
  state: __,
  next: ___,
  installedAt: ____,
  installedBy: _____,
  ...content
}: z.output<typeof readSchema>): Profile {
  return content
}

export const listProfiles = reading({
  path: '/api/profiles',
  id: 'listProfiles',
  tag: 'Profiles',
  summary: 'Installed profiles, and which of them are in force',
  description:
    'Each in the version by which new tickets run; of one that is upcoming or retired `state` says so. Customers see those in force.',
  roles: everyRole,
  params: none,
  query: z.strictObject({ templates: flag().optional().describe('whether to list templates, too; for colleagues only') }),
  answer: {
    status: 200,
    description: 'The profiles',
    schema: wholeList(listedSchema, {
      templates: z.array(listedTemplateSchema).optional().describe('what there is to extend beside them; only where it is asked for'),
    }),
  },
})

export const readRegistrationForm = reading({
  path: '/api/profiles/{id}/form',
  id: 'readRegistrationForm',
  tag: 'Profiles',
  summary: '登记表 · What a registration may choose from',
  description: 'Channels, priorities and types with their fields, of the version in force and in the language of the caller.',
  roles: everyRole,
  params: idParam,
  query: none,
  answer: { status: 200, description: 'The form', schema: formSchema },
  problems: [404, 409],
})

export const readProfile = reading({
  path: '/api/profiles/{id}',
  id: 'readProfile',
  tag: 'Profiles',
  summary: 'One profile or template, whole',
  description: 'With all that it extends. With `Accept: application/yaml` as the document was written, ready to be changed and sent back.',
  roles: staffRoles,
  params: idParam,
  query: z.strictObject({
    version: versionQuery,
    showing: z
      .enum(['written', 'whole', 'why'])
      .optional()
      .describe('in YAML: as it was written, with all that it extends, or that with a comment at each part on where it comes from'),
  }),
  yaml: true,
  answer: {
    status: 200,
    description: 'The profile and which versions there are',
    schema: wholeSchema,
  },
  problems: [404],
})

const differencesSchema = z
  .object({
    from: z.string().describe('the version from which it changes'),
    to: z.string().describe('the version to which it changes'),
    items: z
      .array(
        z
          .object({
            heading: z.string().describe('what it is about'),
            lines: z
              .array(
                z
                  .object({
                    depth: z.int().min(0).describe('how deep it stands under what is above it'),
                    mark: z.enum(['+', '-', '~']).describe('new, no more, or otherwise'),
                    text: z.string().describe('what changes'),
                  })
                  .meta({ id: 'ProfileDifference', description: 'something that changes' }),
              )
              .describe('what changes, in order'),
          })
          .meta({ id: 'ProfileDifferences', description: 'what changes in a part of the process' }),
      )
      .describe('the parts in which something changes'),
  })
  .meta({ id: 'ProfileComparison', description: 'What changes from one version to another' })

export const compareProfile = reading({
  path: '/api/profiles/{id}/differences',
  id: 'compareProfile',
  tag: 'Profiles',
  summary: 'What changes in a profile, in words of the process',
  description: 'Targets by clock and priority, who is told when, fields, words, in the language of the caller.',
  roles: staffRoles,
  params: idParam,
  query: z.strictObject({
    version: versionQuery,
    from: z
      .string()
      .max(120)
      .optional()
      .describe('from which: another version such as `3`, or another profile such as `tech-support@4`; default: the version before'),
  }),
  answer: { status: 200, description: 'What changes', schema: differencesSchema },
  problems: [404],
})

export const putProfile = receiving({
  method: 'put',
  path: '/api/profiles/{id}',
  id: 'putProfile',
  tag: 'Profiles',
  summary: 'Install a version of a profile',
  description:
    'YAML or JSON. A bad one is refused with path, line and reason. A version never changes: other content needs a higher `version`. New tickets run by the highest version whose `effectiveFrom` has come, in the zone of the profile. One that is retired is in use again. Running tickets keep the version they began with. What it extends is pinned: a newer version of that changes nothing here. A profile that would let promises be forgotten is installed, and warned of.',
  roles: ['admin', 'quality'],
  params: idParam,
  query: none,
  content,
  answer: { status: 200, description: 'Installed already, unchanged', schema: installed },
  also: { status: 201, description: 'Installed' },
  problems: [409],
})

export const retireProfile = writing({
  method: 'post',
  path: '/api/profiles/{id}/retire',
  id: 'retireProfile',
  tag: 'Profiles',
  summary: '停用 · Retire a profile or a template',
  description:
    'Nothing new is registered by it, and nothing new extends it. What runs goes on to its end by the version it began with, and all of it can be read for good: nothing is deleted. One that ships stays retired when the product starts. To use it again, install any version of it.',
  roles: ['admin', 'quality'],
  params: idParam,
  query: none,
  body: z.strictObject({ reason: reasonSchema }),
  answer: {
    status: 200,
    description: 'It is retired; or was already, as it is told',
    schema: z
      .object({
        id: z.string().describe('its id'),
        retiredAt: instantAnswer('since when'),
        retiredBy: personAnswer('who retired it'),
        reason: z.string().describe('why'),
      })
      .meta({ id: 'RetiredProfile', description: 'A profile or a template that is retired' }),
  },
  problems: [404],
})

export const checkProfile = receiving({
  method: 'post',
  path: '/api/profiles/check',
  id: 'checkProfile',
  tag: 'Profiles',
  summary: 'Say what is wrong with a profile, without installing it',
  description:
    'A bad one is refused as an installation would be. A sound one is warned of what would let a promise be forgotten: a deadline or a wait that no clock measures, a ladder, a team or a place where nobody is.',
  roles: ['admin', 'management', 'quality', 'department-lead', 'supervisor'],
  params: none,
  query: none,
  content,
  answer: { status: 200, description: 'Nothing is wrong', schema: installed },
})

const rehearsingSchema = z
  .strictObject({
    profile: z.string().min(1).max(100).optional().describe('id of an installed profile'),
    version: z.int().min(1).max(1_000_000_000).optional().describe('which version of it; default: the one in force, else the newest'),
    document: z.string().min(1).max(1_000_000).optional().describe('in place of an installed one: the document of a profile, YAML or JSON'),
    ticket: imaginedSchema.describe('the imagined ticket'),
    story: storySchema.default([]).describe('what people do, in the order of time'),
    language: localeSchema.optional().describe("language of the mails; default: the profile's"),
  })
  .meta({ id: 'Rehearsing', description: 'What is to be rehearsed' })

export const rehearseProfile = writing({
  method: 'post',
  path: '/api/profiles/rehearse',
  id: 'rehearseProfile',
  tag: 'Profiles',
  summary: '演练 · How an imagined ticket would fare by a profile',
  description:
    'Every promise and deadline, who is told what and the text of each mail; with a story of acts, what becomes of each promise. By an installed profile, or by a document that nobody has installed yet. Nothing is kept, and nobody is told.',
  roles: ['admin', 'management', 'quality', 'department-lead', 'supervisor'],
  params: none,
  query: none,
  body: rehearsingSchema,
  answer: { status: 200, description: 'How it fares', schema: rehearsalSchema },
  problems: [404, 429],
})
