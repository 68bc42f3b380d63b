; Later patterns win.
(name) @variable
(keyword) @keyword
[(next) (otherwise) (restart) (set_time) (remind)] @keyword
[(somebody) (unstated)] @keyword
(time_unit) @type.builtin
[(key) (share)] @property
[(phrase) (end_state) (boolean)] @constant.builtin
(string) @string
[(number) (date) (hours)] @number
[(line_comment) (block_comment)] @comment
(doc_comment) @comment.documentation
[(operator) "->" "→" "+" "|" "/" "="] @operator
["{" "}" "(" ")"] @punctuation.bracket
["," ":" "."] @punctuation.delimiter

(agency name: (name) @type)
(unit name: (name) @type)
(role name: (name) @type)
(form name: (name) @type)
(procedure name: (name) @function)
(process name: (name) @function)
(part name: (name) @function)
(insert name: (name) @function)
(call name: (name) @function)
(parameters (name) @variable.parameter)
(step name: [(name) (number)] @label)
(stage name: (name) @label)
(parallel name: (name) @label)
(branch name: (name) @label)
(field name: (name) @property)
(value name: (name) @constant)
(arrow outcome: (name) @constant)
