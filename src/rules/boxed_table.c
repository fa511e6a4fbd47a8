/* A decision table of the model, compiled. DMN 1.5, 8.3. Its orientation is a matter of drawing only. */
#include "rules/model.h"
#include "rules/table.h"

typedef struct TableReading {
    Compiler *compiler;
    Table *table;
    LIST(const Type *) asked; /* of each input */
    LIST(const Type *) given; /* of each output */
} TableReading;

static Arena *arena_of(const TableReading *reading)
{
    return reading->compiler->reading->arena;
}

static const Tests *tests_in(TableReading *reading, const XmlElement *element, const char *child, const Type *asked)
{
    const XmlElement *values = xml_child(element, str_from(child));
    const Tests *tests = values ? boxed_tests(reading->compiler, values, asked) : NULL;
    return tests && tests->list.count ? tests : NULL;
}

static void read_input(TableReading *reading, const XmlElement *xml)
{
    TableInput *input = list_add(arena_of(reading), &reading->table->inputs);
    const XmlElement *expression = xml_child(xml, S("inputExpression"));
    const Type *type = boxed_type(reading->compiler, expression);
    input->expression =
        expression ? boxed_text(reading->compiler, expression) : boxed_node(reading->compiler, NODE_LITERAL);
    if (!type)
        type = input->expression->type;
    else
        input->expression = boxed_coerced(reading->compiler, input->expression, type);
    input->allowed = tests_in(reading, xml, "inputValues", type);
    list_push(arena_of(reading), &reading->asked, type);
}

static void read_output(TableReading *reading, const XmlElement *xml, const XmlElement *whole)
{
    TableOutput *output = list_add(arena_of(reading), &reading->table->outputs);
    const XmlElement *otherwise = xml_child(xml, S("defaultOutputEntry"));
    const Type *type = boxed_type(reading->compiler, xml), *order = type;
    if (!type && !xml_attribute(xml, S("name")).len)
        order = boxed_type(reading->compiler, whole);
    output->name = model_name(arena_of(reading), xml);
    output->values = tests_in(reading, xml, "outputValues", type);
    if (!output->values && order)
        output->values = order->allowed;
    if (otherwise)
        output->otherwise = boxed_coerced(reading->compiler, boxed_text(reading->compiler, otherwise), type);
    list_push(arena_of(reading), &reading->given, type);
}

/* A cell that cannot be read holds for nothing. */
static Tests cell_tests(TableReading *reading, const XmlElement *cell, const Type *asked)
{
    const Tests *tests = boxed_tests(reading->compiler, cell, asked);
    if (tests)
        return *tests;
    Tests never = { 0 };
    Test test = { .is_condition = true, .node = boxed_node(reading->compiler, NODE_LITERAL) };
    list_push(arena_of(reading), &never.list, test);
    return never;
}

static void read_rule(TableReading *reading, const XmlElement *xml)
{
    Table *table = reading->table;
    Tests *cells = arena_array(arena_of(reading), Tests, table->inputs.count);
    const Node **outputs = arena_array(arena_of(reading), const Node *, table->outputs.count);
    TableRule rule = { .id = xml_attribute(xml, S("id")), .line = xml->line, .cells = cells, .outputs = outputs };
    size_t inputs = 0, results = 0;
    for (size_t i = 0; i < xml->children.count; i++) {
        const XmlElement *child = xml->children.at[i];
        if (xml_is(child, S("inputEntry")) && inputs++ < table->inputs.count)
            cells[inputs - 1] = cell_tests(reading, child, reading->asked.at[inputs - 1]);
        if (xml_is(child, S("outputEntry")) && results++ < table->outputs.count)
            outputs[results - 1] =
                boxed_coerced(reading->compiler, boxed_text(reading->compiler, child), reading->given.at[results - 1]);
        if (xml_is(child, S("annotationEntry")))
            list_push(arena_of(reading), &rule.annotations, xml_child_text(child, S("text")));
    }
    if (inputs != table->inputs.count || results != table->outputs.count)
        boxed_error(reading->compiler, xml, "the rule has not one entry for each input and each output");
    for (size_t i = results; i < table->outputs.count; i++)
        outputs[i] = boxed_node(reading->compiler, NODE_LITERAL);
    list_push(arena_of(reading), &table->rules, rule);
}

static void read_policy(TableReading *reading, const XmlElement *element)
{
    static const char *const POLICIES[] = {
#define X(name, word) word,
        HIT_POLICIES(X)
#undef X
    };
    static const char *const WORDS[] = {
#define X(name, word, function) word,
        AGGREGATIONS(X)
#undef X
    };
    Str policy = str_trim(xml_attribute(element, S("hitPolicy")));
    Str aggregation = str_trim(xml_attribute(element, S("aggregation")));
    bool known = policy.len == 0, counted = false;
    for (size_t i = 0; i < COUNT_OF(POLICIES); i++) {
        if (str_equal(policy, str_from(POLICIES[i]))) {
            reading->table->policy = (HitPolicy)i;
            known = true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (str_equal(aggregation, str_from(WORDS[i]))) {
            reading->table->aggregation = (Aggregation)i;
            counted = true;
        }
    }
    if (!known || !counted)
        boxed_error(reading->compiler, element, "there is no such hit policy or aggregation");
    if (reading->table->policy != HIT_COLLECT)
        reading->table->aggregation = AGGREGATION_NONE;
}

static void check_outputs(TableReading *reading, const XmlElement *element)
{
    const Table *table = reading->table;
    for (size_t i = 0; table->outputs.count > 1 && i < table->outputs.count; i++)
        if (table->outputs.at[i].name.len == 0)
            boxed_error(reading->compiler, element, "of several outputs, each has a name");
}

const Node *boxed_table(Compiler *compiler, const XmlElement *element)
{
    Node *node = boxed_node(compiler, NODE_TABLE);
    TableReading reading = { .compiler = compiler, .table = arena_new(compiler->reading->arena, Table) };
    read_policy(&reading, element);
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *child = element->children.at[i];
        if (xml_is(child, S("input")))
            read_input(&reading, child);
        else if (xml_is(child, S("output")))
            read_output(&reading, child, element);
    }
    check_outputs(&reading, element);
    for (size_t i = 0; i < element->children.count && reading.table->outputs.count; i++)
        if (xml_is(element->children.at[i], S("rule")) && !arena_is_full(arena_of(&reading)))
            read_rule(&reading, element->children.at[i]);
    if (reading.table->outputs.count == 0) {
        boxed_error(compiler, element, "the table has no output");
        return boxed_node(compiler, NODE_LITERAL);
    }
    reading.table->index = table_index_make(arena_of(&reading), reading.table);
    node->table = reading.table;
    return node;
}
