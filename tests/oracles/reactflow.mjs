// Loads exported processes into React Flow and counts what it draws: `reactflow.mjs FOLDER PATHS DEFINITIONS`.
//
// React Flow drops an edge whose ends it does not know without a word, so the counts are what is compared; a copy with such
// an edge must be noticed. Then the decisions of PATHS are taken along the edges; how steps and outcomes are called stands in the
// definition of the same process. A way of the clock is an edge that somebody takes. Packages are found from the folder in which it is run, where they are installed.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const { createElement } = require('react')
const { renderToStaticMarkup } = require('react-dom/server')
const { ReactFlow, isNode, isEdge, getOutgoers } = require('@xyflow/react')
const [folder, pathsFile, definitions] = process.argv.slice(2)

const overdue = 'Hết thời gian'
const types = ['startNode', 'customNode', 'endNode']
const Plain = ({ data }) => createElement('b', null, data.tenBuocXuLy)
const nodeTypes = Object.fromEntries(types.map((type) => [type, Plain]))

/** How many nodes and edges are drawn. */
const drawn = (nodes, edges) => {
  const handles = (node) => ['source', 'target'].map((type) => ({ type, position: type === 'source' ? 'bottom' : 'top', x: node.width / 2, y: type === 'source' ? node.height : 0, width: 1, height: 1 }))
  const known = nodes.map((node) => ({ ...node, handles: handles(node) }))
  const drawing = createElement(ReactFlow, { nodes: known, edges: edges.map((edge) => ({ ...edge, type: 'default' })), nodeTypes, width: 1000, height: 4000, fitView: false })
  const html = renderToStaticMarkup(drawing)
  return [html.match(/class="react-flow__node /g)?.length ?? 0, html.match(/class="react-flow__edge /g)?.length ?? 0]
}

const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))
const flow = (name) => {
  const value = read(folder, name)
  return { value, nodes: JSON.parse(value.nodeQuyTrinh), edges: JSON.parse(value.edgeQuyTrinh) }
}
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the definition calls its steps and outcomes. */
const words = (graph) => {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const steps = graph.nodes.filter((node) => node.type === 'step')
  const names = steps.map((step) => [step.numbered ? `${step.id}. ${step.label}` : step.label, step.id])
  const labels = {}
  for (const way of graph.transitions) {
    const choice = nodes.get(way.from)
    if (choice.decided && way.outcome) (labels[choice.step] ??= {})[way.outcome] = way.label ?? way.outcome.replaceAll('_', ' ')
  }
  const known = (name) => names.filter(([full]) => name === full || name.startsWith(`${full} (`))
  return { labels, step: (name) => known(name).sort((a, b) => b[0].length - a[0].length)[0]?.[1] }
}

/** `END after STEPS`, or what was not possible. */
const walked = ({ nodes, edges }, { labels, step }, decisions) => {
  const open = [...decisions]
  let at = nodes[0]
  for (let done = 0; ;) {
    const name = at.data.tenBuocXuLy
    if (at.type === 'endNode') return open.length ? `${open[0]} is left at ${name}` : `${name} after ${done}`
    const id = step(name)
    const [who, what] = open[0] ?? []
    const late = who === (id ?? 'chờ') && what === 'quá hạn'
    if (labels[id] && !late && who !== id) return `${name} asks for a decision, not for ${who}`
    const label = late ? overdue : labels[id]?.[what]
    if (late || labels[id]) open.shift()
    const taken = (edge) => (late || labels[id] ? edge.label === label : edge.label !== overdue)
    const ways = edges.filter((edge) => edge.source === at.id && taken(edge))
    if (ways.length !== 1) return `${ways.length} edges to take at ${name}`
    done += id === undefined ? 0 : 1
    at = getOutgoers(at, nodes, ways)[0]
  }
}

const files = readdirSync(folder).filter((name) => name.endsWith('.reactflow.json')).sort()
const ids = new Set()
for (const name of files) {
  const { value, nodes, edges } = flow(name)
  const faults = []
  if (!nodes.every(isNode) || !edges.every(isEdge)) faults.push('no nodes and edges of React Flow')
  const counts = drawn(nodes, edges)
  if (counts[0] !== nodes.length || counts[1] !== edges.length) faults.push(`${counts} drawn of ${[nodes.length, edges.length]}`)
  if (nodes[0].type !== 'startNode' || nodes.filter((node) => node.type === 'startNode').length !== 1) faults.push('not one start')
  const stuck = nodes.filter((node) => node.type !== 'endNode' && getOutgoers(node, nodes, edges).length === 0)
  if (stuck.length) faults.push(`no way on from ${stuck.map((node) => node.id)}`)
  const own = [value.id, ...nodes.map((node) => node.id), ...edges.map((edge) => edge.id)]
  if (!own.every((id) => guid.test(id)) || own.some((id) => ids.has(id)) || new Set(own).size !== own.length) faults.push('ids that are no GUIDs, or given twice')
  own.forEach((id) => ids.add(id))
  if (nodes.some((node) => node.data.id !== node.id || node.data.truongHopId !== value.id)) faults.push('nodes of another case')
  const dangling = drawn(nodes, [...edges, { ...edges[0], id: 'dangling', target: 'nowhere' }])
  if (dangling[1] !== edges.length) faults.push('a dangling edge is not noticed')
  console.log(faults.length ? `FAIL React Flow ${name}: ${faults.join('; ')}` : `pass React Flow ${name}: ${nodes.length} nodes, ${edges.length} edges`)
}

const paths = read(pathsFile)
for (const file of readdirSync(definitions).filter((name) => name.endsWith('.json')).sort()) {
  const { procedure, cases } = read(definitions, file)
  for (const one of cases) {
    const key = [procedure.id, one.id].filter(Boolean).join('/')
    const name = `${[file.slice(0, -'.json'.length), one.id].filter(Boolean).join('.')}.reactflow.json`
    if (!existsSync(join(folder, name))) {
      console.log(`React Flow has no file for ${key}`)
      continue
    }
    for (const [title, path] of Object.entries(paths[key])) {
      const found = walked(flow(name), words(one.graph), path.decide)
      const right = path.end ? found === `${path.end} after ${path.steps}` : !/ after \d+$/.test(found)
      console.log(`${right ? 'pass React Flow walks' : 'FAIL React Flow'} ${key}: ${title}${right ? '' : `: ${found}`}`)
    }
  }
}
