[(block) (arrows) (papers) (fields)] @indent.begin
"}" @indent.end @indent.branch
