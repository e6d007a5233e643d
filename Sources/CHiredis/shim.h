/* What Swift cannot call in hiredis, each with its reason. Compiles against hiredis 0.14 and 1.x. */
#ifndef SESSIONCTL_CHIREDIS_SHIM_H
#define SESSIONCTL_CHIREDIS_SHIM_H

#include <stddef.h>
#include <hiredis/hiredis.h>

/* Where the elements of a reply go, in the order of the wire. The callbacks must not unwind: C frames are below them.
   `depth` is the number of arrays around the element. */
typedef struct chiredis_sink {
    void *target;
    void (*string)(void *target, int type, const char *bytes, size_t length);
    void (*integer)(void *target, long long value);
    void (*null)(void *target);
    void (*array)(void *target, size_t count, size_t depth);
} chiredis_sink;

/* The reader takes NULL for "out of memory", so every function answers with its sink. */
static inline void *chiredis_create_string(const redisReadTask *task, char *bytes, size_t length) {
    chiredis_sink *sink = (chiredis_sink *)task->privdata;
    sink->string(sink->target, task->type, bytes, length);
    return sink;
}

static inline void *chiredis_create_integer(const redisReadTask *task, long long value) {
    chiredis_sink *sink = (chiredis_sink *)task->privdata;
    sink->integer(sink->target, value);
    return sink;
}

static inline void *chiredis_create_nil(const redisReadTask *task) {
    chiredis_sink *sink = (chiredis_sink *)task->privdata;
    sink->null(sink->target);
    return sink;
}

/* 1.x lets arrays nest 1024 deep, 0.14 seven: the depth is counted here so that one limit holds for both. */
static inline void *chiredis_add_array(const redisReadTask *task, size_t count) {
    chiredis_sink *sink = (chiredis_sink *)task->privdata;
    size_t depth = 0;
    for (const redisReadTask *outer = task->parent; outer != NULL && depth < 64; outer = outer->parent) depth++;
    sink->array(sink->target, count, depth);
    return sink;
}

/* The count is an int in 0.14 and a size_t in 1.x: Swift would need a different closure for each. */
#if HIREDIS_MAJOR >= 1
static inline void *chiredis_create_array(const redisReadTask *task, size_t count) {
    return chiredis_add_array(task, count);
}

static inline void *chiredis_create_double(const redisReadTask *task, double value, char *text, size_t length) {
    (void)value;
    return chiredis_create_string(task, text, length);
}

static inline void *chiredis_create_bool(const redisReadTask *task, int value) {
    return chiredis_create_integer(task, value);
}
#else
static inline void *chiredis_create_array(const redisReadTask *task, int count) {
    return chiredis_add_array(task, count < 0 ? 0 : (size_t)count);
}
#endif

/* Nothing is allocated per element, so there is nothing to free. */
static inline void chiredis_free_object(void *object) { (void)object; }

/* The table of reply functions has more members in 1.x; designated initialisers fill what each version has.
   `sink` must live as long as the reader. */
static inline redisReader *chiredis_reader_create(chiredis_sink *sink) {
    static redisReplyObjectFunctions functions = {
        .createString = chiredis_create_string,
        .createArray = chiredis_create_array,
        .createInteger = chiredis_create_integer,
        .createNil = chiredis_create_nil,
#if HIREDIS_MAJOR >= 1
        .createDouble = chiredis_create_double,
        .createBool = chiredis_create_bool,
#endif
        .freeObject = chiredis_free_object,
    };
    redisReader *reader = redisReaderCreateWithFunctions(&functions);
    if (reader == NULL) return NULL;
    reader->privdata = sink; /* redisReaderSetPrivdata is a macro with a cast, which Swift does not import */
    reader->maxbuf = 0;      /* or the reader gives its buffer back and takes it again after every large reply */
    return reader;
}

/* errstr is an array, which Swift imports as a tuple of 128 characters. */
static inline const char *chiredis_reader_error(const redisReader *reader) { return reader->errstr; }

#endif
