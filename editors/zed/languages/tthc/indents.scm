(block "}" @end) @indent
(arrows "}" @end) @indent
(papers "}" @end) @indent
(fields "}" @end) @indent
