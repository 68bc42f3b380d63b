// Validates JSON files by a schema with Ajv: `validate.mjs SCHEMA FILE… -- REFUSED…`.
//
// Prints `pass NAME` or `FAIL NAME: why` for each file; those behind `--` must be refused. Packages are found from
// the folder in which it is run, where they are installed.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const [schemaPath, ...paths] = process.argv.slice(2)
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const short = (path) => path.split('/').slice(-2).join('/')
const schema = read(schemaPath)

const draft04 = schema.$schema.includes('draft-04')
const Ajv = require(draft04 ? 'ajv-draft-04' : 'ajv/dist/2020.js').default
// The official schema of SARIF is older than Ajv's strict mode; its formats are only notes, its patterns not Unicode.
const ajv = new Ajv({ strict: !draft04, allowUnionTypes: true, validateFormats: !draft04, unicodeRegExp: !draft04 })
const whole = (least, most) => ({ type: 'number', validate: (value) => Number.isInteger(value) && value >= least && value <= most })
ajv.addFormat('uint8', whole(0, 255))
ajv.addFormat('uint32', whole(0, 2 ** 32 - 1))
ajv.addFormat('uint64', whole(0, Number.MAX_SAFE_INTEGER))
ajv.addFormat('int64', whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))
const validate = ajv.compile(schema)

const behind = paths.indexOf('--')
paths.forEach((path, index) => {
  if (path === '--') return
  const refused = index > behind
  const valid = validate(read(path))
  const why = valid ? '' : `: ${validate.errors[0].instancePath} ${validate.errors[0].message}`
  const name = refused ? `Ajv refuses the damaged ${short(path)}` : `Ajv ${short(path)}`
  console.log(valid !== refused ? `pass ${name}` : `FAIL ${name}${why}`)
})
