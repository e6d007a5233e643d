// No exception leaves this file: Swift could not catch it.

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
// Nothing is written.
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "CToml.h"

#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ctoml_document {
    toml::table root;
    std::vector<ctoml_entry> entries;
    std::string problem;
    uint32_t line = 0;
    bool is_read = false;
};

namespace {

ctoml_entry entry_of(const toml::node &value, std::string_view key, uint32_t line, int64_t parent) {
    ctoml_entry entry{};
    entry.kind = ctoml_kind_other;
    entry.line = line;
    entry.parent = parent;
    entry.key = key.data();
    entry.key_length = key.size();
    if (const auto *text = value.as_string()) {
        entry.kind = ctoml_kind_text;
        entry.text = text->get().data();
        entry.text_length = text->get().size();
    } else if (const auto *integer = value.as_integer()) {
        entry.kind = ctoml_kind_integer;
        entry.integer = integer->get();
    } else if (const auto *number = value.as_floating_point()) {
        entry.kind = ctoml_kind_number;
        entry.number = number->get();
    } else if (const auto *boolean = value.as_boolean()) {
        entry.kind = ctoml_kind_boolean;
        entry.integer = boolean->get() ? 1 : 0;
    } else if (value.is_array()) {
        entry.kind = ctoml_kind_array;
    } else if (value.is_table()) {
        entry.kind = ctoml_kind_table;
    }
    return entry;
}

// Without recursion: dotted keys nest as deep as a text is long.
void list(ctoml_document &document) {
    std::vector<std::pair<const toml::node *, int64_t>> open{{&document.root, -1}};
    const auto add = [&](const toml::node &value, std::string_view key, uint32_t line, int64_t parent) {
        document.entries.push_back(entry_of(value, key, line, parent));
        if (value.is_table() || value.is_array())
            open.emplace_back(&value, static_cast<int64_t>(document.entries.size()) - 1);
    };
    for (size_t next = 0; next < open.size(); next++) {
        const auto [container, place] = open[next];
        if (const auto *table = container->as_table()) {
            for (auto &&[key, value] : *table) add(value, key.str(), key.source().begin.line, place);
        } else if (const auto *array = container->as_array()) {
            for (auto &&value : *array) add(value, {}, value.source().begin.line, place);
        }
    }
}

}  // namespace

ctoml_document *ctoml_read(const char *text, size_t length) {
    auto *document = new (std::nothrow) ctoml_document;
    if (document == nullptr) return nullptr;
    try {
        document->root = toml::parse(std::string_view(text, length));
        list(*document);
        document->is_read = true;
    } catch (const toml::parse_error &error) {
        document->problem = std::string(error.description());
        document->line = error.source().begin.line;
    } catch (const std::exception &error) {
        document->problem = error.what();
    } catch (...) {
        document->problem = "it cannot be read";
    }
    return document;
}

void ctoml_free(ctoml_document *document) { delete document; }

const char *ctoml_problem(const ctoml_document *document) {
    return document->is_read ? nullptr : document->problem.c_str();
}

uint32_t ctoml_problem_line(const ctoml_document *document) { return document->line; }

size_t ctoml_count(const ctoml_document *document) { return document->entries.size(); }

ctoml_entry ctoml_entry_at(const ctoml_document *document, size_t place) { return document->entries[place]; }
