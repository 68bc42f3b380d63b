// Block comments nest, which no regular expression can tell.
#include "tree_sitter/parser.h"

void *tree_sitter_tthc_external_scanner_create(void) { return NULL; }
void tree_sitter_tthc_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_tthc_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload, (void)buffer;
  return 0;
}
void tree_sitter_tthc_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload, (void)buffer, (void)length;
}

// Goes past two characters, if they stand here.
static bool passes(TSLexer *lexer, int32_t first, int32_t second) {
  if (lexer->lookahead != first) return false;
  lexer->advance(lexer, false);
  if (lexer->lookahead != second) return false;
  lexer->advance(lexer, false);
  return true;
}

bool tree_sitter_tthc_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  if (!valid[0]) return false;
  while (lexer->lookahead == ' ' || (lexer->lookahead >= '\t' && lexer->lookahead <= '\r')) {
    lexer->advance(lexer, true);
  }
  if (!passes(lexer, '/', '*')) return false;
  for (unsigned depth = 1; depth > 0;) {
    if (lexer->eof(lexer)) return false;
    int32_t here = lexer->lookahead;
    if (here == '/') {
      if (passes(lexer, '/', '*')) depth++;
    } else if (here == '*') {
      if (passes(lexer, '*', '/')) depth--;
    } else {
      lexer->advance(lexer, false);
    }
  }
  lexer->result_symbol = 0;
  return true;
}
