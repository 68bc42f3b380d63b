([
  (agency (keyword) @context name: (_) @name)
  (unit (keyword) @context name: (_) @name)
  (role (keyword) @context name: (_) @name)
  (procedure (keyword) @context name: (_) @name)
  (process (keyword) @context name: (_) @name)
  (part (keyword) @context name: (_) @name)
  (case (keyword) @context name: (_) @name)
  (stage (keyword) @context name: (_) @name)
  (parallel (keyword) @context name: (_) @name)
  (branch (keyword) @context name: (_) @name)
  (step (keyword) @context name: (_) @name)
]) @item
