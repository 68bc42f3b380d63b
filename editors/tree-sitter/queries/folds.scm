[(block) (arrows) (papers) (fields) (block_comment)] @fold
