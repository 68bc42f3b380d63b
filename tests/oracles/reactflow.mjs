// Loads exported processes into React Flow and counts what it draws: `reactflow.mjs FOLDER`.
//
// React Flow drops an edge whose ends it does not know without a word, so the counts are what is compared; a copy with such
// an edge must be noticed. Packages are found from the folder in which it is run, where they are installed.

import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const { createElement } = require('react')
const { renderToStaticMarkup } = require('react-dom/server')
const { ReactFlow, isNode, isEdge, getOutgoers } = require('@xyflow/react')
const [folder] = process.argv.slice(2)

const types = ['startNode', 'customNode', 'endNode']
const Plain = ({ data }) => createElement('b', null, data.tenBuocXuLy)
const nodeTypes = Object.fromEntries(types.map((type) => [type, Plain]))

/** How many nodes and edges are drawn. */
const drawn = (nodes, edges) => {
  const handles = (node) => ['source', 'target'].map((type) => ({ type, position: type === 'source' ? 'bottom' : 'top', x: node.width / 2, y: type === 'source' ? node.height : 0, width: 1, height: 1 }))
  const known = nodes.map((node) => ({ ...node, handles: handles(node) }))
  const flow = createElement(ReactFlow, { nodes: known, edges: edges.map((edge) => ({ ...edge, type: 'default' })), nodeTypes, width: 1000, height: 4000, fitView: false })
  const html = renderToStaticMarkup(flow)
  return [html.match(/class="react-flow__node /g)?.length ?? 0, html.match(/class="react-flow__edge /g)?.length ?? 0]
}

const files = readdirSync(folder).filter((name) => name.endsWith('.reactflow.json')).sort()
for (const name of files) {
  const value = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const [nodes, edges] = [JSON.parse(value.nodeQuyTrinh), JSON.parse(value.edgeQuyTrinh)]
  const faults = []
  if (!nodes.every(isNode) || !edges.every(isEdge)) faults.push('no nodes and edges of React Flow')
  const counts = drawn(nodes, edges)
  if (counts[0] !== nodes.length || counts[1] !== edges.length) faults.push(`${counts} drawn of ${[nodes.length, edges.length]}`)
  if (nodes[0].type !== 'startNode' || nodes.filter((node) => node.type === 'startNode').length !== 1) faults.push('not one start')
  const stuck = nodes.filter((node) => node.type !== 'endNode' && getOutgoers(node, nodes, edges).length === 0)
  if (stuck.length) faults.push(`no way on from ${stuck.map((node) => node.id)}`)
  const dangling = drawn(nodes, [...edges, { ...edges[0], id: 'dangling', target: 'nowhere' }])
  if (dangling[1] !== edges.length) faults.push('a dangling edge is not noticed')
  console.log(faults.length ? `FAIL React Flow ${name}: ${faults.join('; ')}` : `pass React Flow ${name}: ${nodes.length} nodes, ${edges.length} edges`)
}
