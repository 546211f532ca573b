import { runApi } from '../../api/main.ts'
import { runService } from '../../cli/service.ts'

/** The API of a kept release, as `bihuan api` runs it. */
await runService('api', runApi)
