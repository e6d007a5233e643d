/* A TOML document read by toml++, which is C++, as a flat list that Swift can read. */
#ifndef SESSIONCTL_CTOML_H
#define SESSIONCTL_CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A document, or why a text is none. One owner, who frees it. */
typedef struct ctoml_document ctoml_document;

typedef enum {
    ctoml_kind_text,
    ctoml_kind_integer,
    ctoml_kind_number,
    ctoml_kind_boolean,
    ctoml_kind_array,
    ctoml_kind_table,
    /* A date or a time. */
    ctoml_kind_other
} ctoml_kind;

/* A value. Its texts are the document's and live as long. */
typedef struct {
    ctoml_kind kind;
    /* Where its key stands, or in an array the value itself; from 1. */
    uint32_t line;
    /* The place in the list of the table or array around it; -1 for what the document itself holds. */
    int64_t parent;
    /* Its key; empty in arrays. UTF-8, without an end. */
    const char *key;
    size_t key_length;
    const char *text;
    size_t text_length;
    /* Of an integer; of a boolean 0 or 1. */
    int64_t integer;
    double number;
} ctoml_entry;

/* NULL only where there is no memory. */
ctoml_document *ctoml_read(const char *text, size_t length);
void ctoml_free(ctoml_document *document);

/* Why the text is no TOML; NULL where it is. */
const char *ctoml_problem(const ctoml_document *document);
/* The line of the problem, from 1. */
uint32_t ctoml_problem_line(const ctoml_document *document);

/* What stands around a value has a lower place than it. */
size_t ctoml_count(const ctoml_document *document);
ctoml_entry ctoml_entry_at(const ctoml_document *document, size_t place);

#ifdef __cplusplus
}
#endif

#endif
