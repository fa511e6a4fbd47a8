/* rules: decision models. Small models as text: boxed expressions, hit policies with known and unknown inputs,
 * requirements, services, imports and types; XML that is refused; and random tables, in which what is called known no
 * answer changes. */
#include "rules/rules.h"
#include "test.h"

static Arena *arena;

#define HEAD "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:main\" name=\"main\">"
#define TAIL "</definitions>"

/* ---- helpers ---- */

static Str whole(const char *body)
{
    return str_printf(arena, HEAD "%s" TAIL, body);
}

static const Model *read_model(Str xml, Errors *errors)
{
    ModelSource source = { S("test.dmn"), xml };
    *errors = errors_begin(arena);
    return model_read(arena, &source, 1, errors);
}

static Value feel(const char *text)
{
    Errors errors = errors_begin(arena);
    const Rule *rule = rule_parse(arena, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule_evaluate(arena, rule, NULL);
}

/* Inputs as names and values of FEEL, in turn, up to NULL. */
static Scope scope_of(const char *const *inputs)
{
    Scope scope = { 0 };
    for (size_t i = 0; inputs[i]; i += 2)
        scope_set(arena, &scope, str_from(inputs[i]), feel(inputs[i + 1]));
    return scope;
}
#define INPUTS(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__(, ) NULL, NULL })

static Str shown(Value value)
{
    Text text = text_begin(arena, 1 << 20);
    text_value(&text, value);
    if (value_is_unknown(value))
        for (size_t i = 0; i < value.waiting->count; i++)
            text_printf(&text, " %.*s", STR_ARGS(value.waiting->at[i]));
    return text_str(&text);
}

static Str told(const Errors *errors)
{
    Text text = text_begin(arena, 1 << 20);
    errors_print(errors, &text);
    return text_str(&text);
}

static Str decided(const char *body, const char *decision, const char *const *inputs)
{
    Errors errors;
    Value value;
    Scope scope = scope_of(inputs);
    const Model *model = read_model(whole(body), &errors);
    if (!model || errors.list.count)
        return told(&errors);
    if (!model_decide(arena, model, str_from(decision), &scope, &value))
        return S("no such decision");
    return shown(value);
}

static Str refused(Str xml)
{
    Errors errors;
    return read_model(xml, &errors) ? S("") : told(&errors);
}

#define CHECK_REFUSED(xml, part) CHECK(str_find(refused(xml), S(part)) != SIZE_MAX)

/* A decision d of a boxed expression, with inputs x and y. */
#define INPUT(name)          "<inputData id=\"" name "\" name=\"" name "\"><variable name=\"" name "\"/></inputData>"
#define NEEDS(name)          "<informationRequirement><requiredInput href=\"#" name "\"/></informationRequirement>"
#define NEEDS_DECISION(name) "<informationRequirement><requiredDecision href=\"#" name "\"/></informationRequirement>"
#define KNOWS(name)          "<knowledgeRequirement><requiredKnowledge href=\"#" name "\"/></knowledgeRequirement>"
#define DECISION(name, logic) \
    "<decision id=\"" name "\" name=\"" name "\"><variable name=\"" name "\"/>" logic "</decision>"
#define TEXT(text)   "<literalExpression><text>" text "</text></literalExpression>"
#define BOXED(logic) INPUT("x") INPUT("y") DECISION("d", NEEDS("x") NEEDS("y") logic)

static Str boxed(const char *logic, const char *const *inputs)
{
    Str body = str_printf(arena, INPUT("x") INPUT("y") DECISION("d", NEEDS("x") NEEDS("y") "%s"), logic);
    return decided(str_terminated(arena, body), "d", inputs);
}

/* ---- boxed expressions ---- */

static void test_boxed(void)
{
    CHECK_STR(boxed(TEXT("x + 1"), INPUTS("x", "2")), S("3"));
    CHECK_STR(boxed(TEXT("x + 1"), INPUTS()), S("unknown x"));
    CHECK_STR(boxed("<context><contextEntry><variable name=\"a b\"/>" TEXT(
                        "x") "</contextEntry>"
                             "<contextEntry><variable name=\"c\"/>" TEXT("a b * 2") "</contextEntry></context>",
                    INPUTS("x", "2")),
              S("{a b: 2, c: 4}"));
    CHECK_STR(boxed("<context><contextEntry><variable name=\"a\"/>" TEXT("x") "</contextEntry>"
                                                                              "<contextEntry>" TEXT(
                                                                                  "a * 2") "</contextEntry></context>",
                    INPUTS("x", "2")),
              S("4"));
    CHECK_STR(boxed("<list>" TEXT("x") TEXT("y") "</list>", INPUTS("x", "2")), S("[2, unknown]"));
    CHECK_STR(boxed("<relation><column name=\"x\"/><column name=\"b\"/><row>" TEXT("7")
                        TEXT("x") "</row><row>" TEXT("\"p\"") TEXT("y") "</row></relation>",
                    INPUTS("x", "1", "y", "null")),
              S("[{x: 7, b: 1}, {x: \"p\", b: null}]"));
    CHECK_STR(
        boxed("<conditional><if>" TEXT("x") "</if><then>" TEXT("1") "</then><else>" TEXT("2") "</else></conditional>",
              INPUTS("x", "false")),
        S("2"));
    CHECK_STR(
        boxed("<conditional><if>" TEXT("x") "</if><then>" TEXT("1") "</then><else>" TEXT("1") "</else></conditional>",
              INPUTS()),
        S("unknown x")); /* it is null where x is no boolean */
    CHECK_STR(
        boxed("<filter><in>" TEXT("[1, 2, 3]") "</in><match>" TEXT("item >= x") "</match></filter>", INPUTS("x", "2")),
        S("[2, 3]"));
    CHECK_STR(boxed("<for iteratorVariable=\"i\"><in>" TEXT("[1, 2, x]") "</in><return>" TEXT(
                        "i * 2 + sum(partial)") "</return></for>",
                    INPUTS("x", "3")),
              S("[null, null, null]")); /* the sum of nothing is null */
    CHECK_STR(
        boxed("<for iteratorVariable=\"i\"><in>" TEXT("[1, 2, x]") "</in><return>" TEXT("i * 2") "</return></for>",
              INPUTS()),
        S("[2, 4, unknown]"));
    CHECK_STR(
        boxed("<some iteratorVariable=\"i\"><in>" TEXT("[1, x]") "</in><satisfies>" TEXT("i > 5") "</satisfies></some>",
              INPUTS("x", "6")),
        S("true"));
    CHECK_STR(boxed("<every iteratorVariable=\"i\"><in>" TEXT("[x, 1]") "</in><satisfies>" TEXT(
                        "i > 5") "</satisfies></every>",
                    INPUTS("x", "6")),
              S("false"));
}

static void test_functions(void)
{
#define TWICE                                                                                         \
    "<functionDefinition><formalParameter name=\"the n\" typeRef=\"number\"/>" TEXT("the n * 2") "</" \
                                                                                                 "functionDefinition>"
    CHECK_STR(boxed("<context><contextEntry><variable name=\"f\"/>" TWICE
                    "</contextEntry><contextEntry><invocation>" TEXT("f") "<binding><parameter name=\"the n\"/>" TEXT(
                        "x") "</binding></invocation></contextEntry></context>",
                    INPUTS("x", "4")),
              S("8"));
    CHECK_STR(boxed("<context><contextEntry><variable name=\"f\"/>" TWICE
                    "</contextEntry><contextEntry>" TEXT("f(x)") "</contextEntry></context>",
                    INPUTS("x", "\"no number\"")),
              S("null"));
    CHECK_STR(boxed("<context><contextEntry><variable name=\"f\"/><functionDefinition><formalParameter "
                    "name=\"n\"/>" TEXT("if n &lt; 2 then 1 else n * f(n - 1)") "</functionDefinition></"
                                                                                "contextEntry><contextEntry>" TEXT(
                                                                                    "f(x)") "</contextEntry></context>",
                    INPUTS("x", "5")),
              S("120"));
    CHECK_STR(
        boxed("<context><contextEntry><variable name=\"f\"/><functionDefinition kind=\"Java\">" TEXT(
                  "1") "</functionDefinition></contextEntry><contextEntry>" TEXT("f()") "</contextEntry></context>",
              INPUTS()),
        S("null"));
}

/* ---- decision tables ---- */

#define IN(name) "<input><inputExpression><text>" name "</text></inputExpression></input>"
#define RULE(cell, output) \
    "<rule><inputEntry><text>" cell "</text></inputEntry><outputEntry><text>" output "</text></outputEntry></rule>"
#define TABLE(policy, out, rules) "<decisionTable " policy ">" IN("x") out rules "</decisionTable>"
#define OUT                       "<output/>"
#define OUT_ORDER                 "<output><outputValues><text>\"high\", \"mid\", \"low\"</text></outputValues></output>"
#define OUT_DEFAULT               "<output><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>"

static void test_single_hits(void)
{
    const char *unique =
        TABLE("", OUT, RULE("&lt; 5", "\"low\"") RULE("[5..10]", "\"mid\"") RULE("&gt;= 10", "\"high\""));
    CHECK_STR(boxed(unique, INPUTS("x", "3")), S("\"low\""));
    CHECK_STR(boxed(unique, INPUTS("x", "10")), S("null")); /* two rules: a fault of the table */
    CHECK_STR(boxed(unique, INPUTS("x", "null")), S("null"));
    CHECK_STR(boxed(unique, INPUTS()), S("unknown x"));
    const char *first = TABLE("hitPolicy=\"FIRST\"", OUT, RULE("y", "\"a\"") RULE("-", "\"a\""));
    CHECK_STR(boxed(first, INPUTS("x", "1")), S("\"a\"")); /* whichever matches first */
    first = TABLE("hitPolicy=\"FIRST\"", OUT, RULE("y", "\"a\"") RULE("-", "\"b\"") RULE("-", "\"c\""));
    CHECK_STR(boxed(first, INPUTS("x", "1")), S("unknown y"));
    CHECK_STR(boxed(first, INPUTS("x", "1", "y", "2")), S("\"b\""));
    const char *any = TABLE("hitPolicy=\"ANY\"", OUT, RULE("&gt; 1", "1") RULE("&gt; 2", "1.0") RULE("&gt; 3", "2"));
    CHECK_STR(boxed(any, INPUTS("x", "3")), S("1"));
    CHECK_STR(boxed(any, INPUTS("x", "4")), S("null"));
    const char *priority = TABLE("hitPolicy=\"PRIORITY\"", OUT_ORDER,
                                 RULE("-", "\"low\"") RULE("&gt; 1", "\"high\"") RULE("y", "\"mid\""));
    CHECK_STR(boxed(priority, INPUTS("x", "1", "y", "0")), S("\"low\""));
    CHECK_STR(boxed(priority, INPUTS("x", "2")), S("\"high\"")); /* y could not outdo it */
    CHECK_STR(boxed(priority, INPUTS("x", "1")), S("unknown y"));
    const char *otherwise = TABLE("", OUT_DEFAULT, RULE("1", "\"one\""));
    CHECK_STR(boxed(otherwise, INPUTS("x", "2")), S("\"none\""));
}

static void test_several_hits(void)
{
    const char *order = TABLE("hitPolicy=\"RULE ORDER\"", OUT,
                              RULE("&gt; 1", "\"low\"") RULE("&gt; 2", "\"high\"") RULE("&gt; 3", "y"));
    CHECK_STR(boxed(order, INPUTS("x", "3")), S("[\"low\", \"high\"]"));
    CHECK_STR(boxed(order, INPUTS("x", "4")), S("[\"low\", \"high\", unknown]"));
    const char *output =
        TABLE("hitPolicy=\"OUTPUT ORDER\"", OUT_ORDER, RULE("&gt; 1", "\"low\"") RULE("&gt; 2", "\"high\""));
    CHECK_STR(boxed(output, INPUTS("x", "3")), S("[\"high\", \"low\"]"));
#define COLLECT(how) TABLE("hitPolicy=\"COLLECT\"" how, OUT, RULE("&gt; 1", "10") RULE("&gt; 2", "20") RULE("y", "15"))
    CHECK_STR(boxed(COLLECT(""), INPUTS("x", "3", "y", "0")), S("[10, 20]"));
    CHECK_STR(boxed(COLLECT(""), INPUTS("x", "3")), S("unknown y"));
    CHECK_STR(boxed(COLLECT(""), INPUTS("x", "0", "y", "1")), S("[]"));
    CHECK_STR(boxed(COLLECT(" aggregation=\"SUM\""), INPUTS("x", "3", "y", "3")), S("45"));
    CHECK_STR(boxed(COLLECT(" aggregation=\"COUNT\""), INPUTS("x", "3", "y", "3")), S("3"));
    CHECK_STR(boxed(COLLECT(" aggregation=\"MIN\""), INPUTS("x", "3")), S("10")); /* 15 is between */
    CHECK_STR(boxed(COLLECT(" aggregation=\"MAX\""), INPUTS("x", "3")), S("20"));
    CHECK_STR(boxed(COLLECT(" aggregation=\"MAX\""), INPUTS("x", "2")), S("unknown y"));
}

static void test_table_parts(void)
{
    const char *several = "<decisionTable>" IN("x")
        IN("y") "<output name=\"a\"/><output name=\"b c\"/>"
                "<rule><inputEntry><text>not(1)</text></inputEntry><inputEntry><text>? = \"p\", null</text>"
                "</inputEntry><outputEntry><text>x</text></outputEntry><outputEntry><text>true</text>"
                "</outputEntry><annotationEntry><text>Article 1</text></annotationEntry></rule></decisionTable>";
    CHECK_STR(boxed(several, INPUTS("x", "2", "y", "\"p\"")), S("{a: 2, b c: true}"));
    CHECK_STR(boxed(several, INPUTS("x", "2", "y", "null")), S("{a: 2, b c: true}"));
    CHECK_STR(boxed(several, INPUTS("x", "1")), S("null"));
    const char *allowed =
        "<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>1, 2"
        "</text></inputValues></input><output/>" RULE("-", "\"yes\"") "</decisionTable>";
    CHECK_STR(boxed(allowed, INPUTS("x", "2")), S("\"yes\""));
    CHECK_STR(boxed(allowed, INPUTS("x", "3")), S("null"));
    CHECK_STR(boxed(allowed, INPUTS()), S("unknown x"));
    CHECK(str_find(boxed(TABLE("hitPolicy=\"BEST\"", OUT, ""), INPUTS()), S("no such hit policy")) != SIZE_MAX);
}

/* ---- requirements, knowledge, services ---- */

static void test_graph(void)
{
    const char *chain = INPUT("x") DECISION("a", NEEDS("x") TEXT("x + 1"))
        DECISION("b", NEEDS_DECISION("a") TEXT("a * 2")) DECISION("empty", "");
    CHECK_STR(decided(chain, "b", INPUTS("x", "1")), S("4"));
    CHECK_STR(decided(chain, "empty", INPUTS()), S("null"));
    CHECK_STR(decided(chain, "nowhere", INPUTS()), S("no such decision"));
    const char *knowledge =
        "<businessKnowledgeModel id=\"even\" name=\"is even\"><encapsulatedLogic><formalParameter "
        "name=\"n\"/>" TEXT("if n = 0 then true else is odd(n - 1)") "</encapsulatedLogic>" KNOWS(
            "odd") "</businessKnowledgeModel>"
                   "<businessKnowledgeModel id=\"odd\" name=\"is odd\"><encapsulatedLogic><formalParameter "
                   "name=\"n\"/>" TEXT("if n = 0 then false else is even(n - 1)") "</encapsulatedLogic>" KNOWS(
                       "even") "</businessKnowledgeModel>" DECISION("d", KNOWS("even") TEXT("[is even(4), is even(n: "
                                                                                            "3), is even(1000000)]"));
    CHECK_STR(decided(knowledge, "d", INPUTS()), S("null")); /* the last one goes too deep, and takes all with it */
}

#define SERVICE                                                                  \
    INPUT("x")                                                                   \
    DECISION("given", TEXT("1"))                                                 \
    DECISION("sum it", NEEDS("x") NEEDS_DECISION("given") TEXT("x + given"))     \
    DECISION("other", NEEDS("x") TEXT("x"))                                      \
    "<decisionService id=\"s\" name=\"my service\"><variable name=\"my "         \
    "service\"/><outputDecision href=\"#sum it\"/>"                              \
    "<inputDecision href=\"#given\"/><inputData href=\"#x\"/></decisionService>" \
    "<decisionService id=\"two\" name=\"two\"><outputDecision href=\"#sum "      \
    "it\"/><outputDecision href=\"#other\"/>"                                    \
    "<inputData href=\"#x\"/></decisionService>"

static void test_services(void)
{
    CHECK_STR(decided(SERVICE DECISION("d", KNOWS("s") TEXT("my service(10, 5)")), "d", INPUTS()), S("15"));
    CHECK_STR(decided(SERVICE DECISION("d", KNOWS("s") TEXT("my service(given: 5, x: 1)")), "d", INPUTS()), S("6"));
    CHECK_STR(decided(SERVICE DECISION("d", KNOWS("s") TEXT("my service(10)")), "d", INPUTS()), S("null"));
    CHECK_STR(decided(SERVICE DECISION("d", NEEDS("x") KNOWS("s") TEXT("my service(x, 1)")), "d", INPUTS()),
              S("unknown x"));
    CHECK_STR(decided(SERVICE DECISION("d", KNOWS("two") TEXT("two(3)")), "d", INPUTS()), S("{sum it: 4, other: 3}"));
    Errors errors;
    Value value;
    const Model *model = read_model(whole(SERVICE), &errors);
    Scope scope = scope_of(INPUTS("x", "2", "given", "3"));
    if (!CHECK(model != NULL))
        return;
    CHECK(model_serve(arena, model, S("my service"), &scope, &value));
    CHECK_STR(shown(value), S("5"));
    CHECK(model_serve(arena, model, S("my service"), NULL, &value));
    CHECK_STR(shown(value), S("unknown x given"));
    CHECK(!model_serve(arena, model, S("other"), &scope, &value));
    CHECK(model_services(model)->count == 2 && model_decisions(model)->count == 3 && model_inputs(model)->count == 1);
}

/* Logic that calls itself without end is bounded, wherever it does so. */
static void test_endless(void)
{
#define ENDLESS_BKM(logic)                                                                               \
    "<businessKnowledgeModel id=\"f\" name=\"f\"><encapsulatedLogic><formalParameter name=\"x\"/>" logic \
    "</encapsulatedLogic></businessKnowledgeModel>" DECISION("d", KNOWS("f") TEXT("f(1)"))
    CHECK_STR(decided(ENDLESS_BKM(TABLE("", OUT, RULE("f(x)", "1"))), "d", INPUTS()), S("null"));
    CHECK_STR(decided(ENDLESS_BKM(TABLE("", OUT, RULE("-", "f(x)"))), "d", INPUTS()), S("null"));
    CHECK_STR(
        decided(ENDLESS_BKM("<relation><column name=\"a\"/><row>" TEXT("f(x)") "</row></relation>"), "d", INPUTS()),
        S("null"));
    CHECK_STR(decided(DECISION("d", KNOWS("s") TEXT("s()")) "<decisionService id=\"s\" name=\"s\">"
                                                            "<outputDecision href=\"#d\"/></decisionService>",
                      "d", INPUTS()),
              S("null"));
    Text chain = text_begin(arena, 1 << 24);
    text_put(&chain, S(DECISION("d0", TEXT("0"))));
    for (int i = 1; i <= 5000; i++)
        text_printf(&chain,
                    "<decision id=\"d%d\" name=\"d%d\"><informationRequirement><requiredDecision href=\"#d%d\"/>"
                    "</informationRequirement>" TEXT("d%d + 1") "</decision>",
                    i, i, i - 1, i - 1);
    CHECK_STR(decided(str_terminated(arena, text_str(&chain)), "d5000", INPUTS()), S("5000"));
}

/* ---- types ---- */

#define TYPED(type, value)                                                \
    "<inputData id=\"x\" name=\"x\"><variable name=\"x\" typeRef=\"" type \
    "\"/></inputData>" DECISION("d", NEEDS("x") TEXT(value))
#define TYPES                                                                                                \
    "<itemDefinition name=\"person\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"  \
    "<itemComponent name=\"full name\"><typeRef>string</typeRef></itemComponent></itemDefinition>"           \
    "<itemDefinition name=\"colour\"><typeRef>string</typeRef><allowedValues><text>\"red\", \"blue\"</text>" \
    "</allowedValues></itemDefinition>"                                                                      \
    "<itemDefinition name=\"colours\" isCollection=\"true\"><typeRef>colour</typeRef></itemDefinition>"      \
    "<itemDefinition name=\"two\"><typeRef>colours</typeRef><typeConstraint><text>count(?) = "               \
    "2</text></typeConstraint>"                                                                              \
    "</itemDefinition>"

/* Where in the file, also in a service and in a table. */
static void test_limits(void)
{
    Errors errors;
    Value value;
    LimitMet met = { 0 };
    Scope scope = { .limit = &met };
    const Model *model = read_model(
        whole("\n" INPUT("x") "\n" DECISION("a", TEXT("\n 1 + count(for i in 1..1e9 return i)")) DECISION(
            "c",
            "<decisionTable hitPolicy=\"UNIQUE\"><input>\n<inputExpression><text>1</text></inputExpression></input>"
            "<output/>\n<rule><inputEntry><text>count(for i in 1..1e9 return i)</text></inputEntry>"
            "<outputEntry><text>2</text></outputEntry></rule></decisionTable>") "<decisionService id=\"s\" "
                                                                                "name=\"s\"><outputDecision "
                                                                                "href=\"#a\"/></decisionService>"),
        &errors);
    if (!CHECK(model && errors.list.count == 0))
        return;
    for (int serves = 0; serves < 2; serves++) {
        met = (LimitMet){ 0 };
        CHECK(serves ? model_serve(arena, model, S("s"), &scope, &value)
                     : model_decide(arena, model, S("a"), &scope, &value));
        CHECK(value.kind == VALUE_NULL && met.kind == LIMIT_STEPS);
        CHECK(str_equal(met.place.file, S("test.dmn")) && met.place.line == 4 && met.place.column == 12);
        CHECK_STR(met.place.source, S(" 1 + count(for i in 1..1e9 return i)"));
        CHECK_STR(met.text, S("for i in 1..1e9 return i"));
    }
    met = (LimitMet){ 0 };
    CHECK(model_decide(arena, model, S("c"), &scope, &value) && value.kind == VALUE_NULL);
    CHECK(met.place.line == 6 && met.place.column == 7);
    Text text = text_begin(arena, 10000);
    text_explanation(&text, rule_explain(arena, rule_of_decision(arena, model, S("c"), NULL), &scope));
    CHECK(str_find(text_str(&text), S("for i in 1..1e9 return i = null (more than 1,000,000 steps)")) != SIZE_MAX);
}

static void test_types(void)
{
    CHECK_STR(decided(TYPED("number", "x"), "d", INPUTS("x", "\"no\"")), S("null"));
    CHECK_STR(decided(TYPED("number", "x"), "d", INPUTS("x", "[1]")), S("1"));
    CHECK_STR(decided(TYPED("date and time", "x"), "d", INPUTS("x", "@\"2026-10-26\"")),
              S("@\"2026-10-26T00:00:00Z\""));
    CHECK_STR(decided(TYPES TYPED("person", "x.full name"), "d", INPUTS("x", "{age: 1, full name: \"A\"}")),
              S("\"A\""));
    CHECK_STR(decided(TYPES TYPED("person", "x.age"), "d", INPUTS("x", "{age: \"1\", full name: \"A\"}")), S("null"));
    CHECK_STR(decided(TYPES TYPED("colour", "x"), "d", INPUTS("x", "\"red\"")), S("\"red\""));
    CHECK_STR(decided(TYPES TYPED("colour", "x"), "d", INPUTS("x", "\"green\"")), S("null"));
    CHECK_STR(decided(TYPES TYPED("colours", "x"), "d", INPUTS("x", "\"red\"")), S("[\"red\"]"));
    CHECK_STR(decided(TYPES TYPED("colours", "x"), "d", INPUTS("x", "[\"red\", \"green\"]")), S("null"));
    CHECK_STR(decided(TYPES TYPED("two", "x"), "d", INPUTS("x", "[\"red\", \"blue\"]")), S("[\"red\", \"blue\"]"));
    CHECK_STR(decided(TYPES TYPED("two", "x"), "d", INPUTS("x", "[\"red\"]")), S("null"));
    CHECK_STR(decided(TYPES TYPED("colour", "x"), "d", INPUTS()), S("unknown x"));
    CHECK(str_find(decided(TYPED("nowhere", "x"), "d", INPUTS()), S("there is no type \"nowhere\"")) != SIZE_MAX);
    Text deep = text_begin(arena, 1 << 22); /* each definition is deep, and ends in the next one */
    text_put(&deep, S(HEAD));
    for (int i = 0; i < 90; i++) {
        text_printf(&deep, "<itemDefinition name=\"t%d\">", i);
        for (int j = 0; j < 140; j++)
            text_put(&deep, S("<itemComponent name=\"c\">"));
        text_printf(&deep, "<typeRef>t%d</typeRef>", i + 1);
        for (int j = 0; j < 140; j++)
            text_put(&deep, S("</itemComponent>"));
        text_put(&deep, S("</itemDefinition>"));
    }
    text_put(&deep, S("<itemDefinition name=\"t90\"><typeRef>string</typeRef></itemDefinition>" TAIL));
    CHECK_REFUSED(text_str(&deep), "item definitions more than 100 deep");
    Text colons = text_begin(arena, 1 << 22);
    text_put(&colons, S(HEAD "<inputData name=\"x\"><variable name=\"x\" typeRef=\""));
    for (int i = 0; i < 1 << 20; i++)
        text_char(&colons, ':');
    text_put(&colons, S("nowhere\"/></inputData>" TAIL));
    Errors errors;
    CHECK(read_model(text_str(&colons), &errors) != NULL && errors.list.count == 1);
    CHECK_REFUSED(whole("<itemDefinition name=\"a\" isCollection=\"true\"><typeRef>b</typeRef></itemDefinition>"
                        "<itemDefinition name=\"b\"><typeRef>a</typeRef></itemDefinition>"),
                  "contains itself");
}

/* ---- imports ---- */

static void test_imports(void)
{
    const char *dmn = "https://www.omg.org/spec/DMN/20230324/MODEL/";
    Str other = str_printf(arena,
                           "<definitions xmlns=\"%s\" namespace=\"urn:other\">" TYPES INPUT("z")
                               DECISION("the z", NEEDS("z") TEXT("z + 1")) "</definitions>",
                           dmn);
    Str main = str_printf(
        arena,
        "<definitions xmlns=\"%s\" namespace=\"urn:main\"><import namespace=\"urn:other\" name=\"o\" "
        "importType=\"%s\"/>" TYPED("o.person", "x.age") "<decision id=\"e\" name=\"e\">"
                                                         "<informationRequirement><requiredDecision "
                                                         "href=\"urn:other#the z\"/></informationRequirement>" TEXT(
                                                             "o.the z * 2") "</decision></definitions>",
        dmn, dmn);
    ModelSource sources[] = { { S("main.dmn"), main }, { S("other.dmn"), other } };
    Errors errors = errors_begin(arena);
    Value value;
    Scope scope = scope_of(INPUTS("o.z", "4", "x", "{age: 5, full name: \"B\"}"));
    const Model *model = model_read(arena, sources, 2, &errors);
    CHECK_STR(told(&errors), S(""));
    if (!CHECK(model != NULL))
        return;
    CHECK(model_decide(arena, model, S("e"), &scope, &value));
    CHECK_STR(shown(value), S("10"));
    CHECK(model_decide(arena, model, S("d"), &scope, &value));
    CHECK_STR(shown(value), S("5"));
    CHECK(model_decide(arena, model, S("e"), NULL, &value));
    CHECK_STR(shown(value), S("unknown o.z"));
    scope = scope_of(INPUTS("o", "{z: 1}"));
    CHECK(model_decide(arena, model, S("e"), &scope, &value));
    CHECK_STR(shown(value), S("4"));
    errors = errors_begin(arena);
    CHECK(!model_read(arena, sources, 1, &errors));
    CHECK(str_find(told(&errors), S("no model of the namespace \"urn:other\"")) != SIZE_MAX);
}

/* One model imported along two ways has inputs of its own on each; a name alone gives both. */
static void test_imported_twice(void)
{
#define DMN                     "https://www.omg.org/spec/DMN/20230324/MODEL/"
#define IMPORT(namespace, name) "<import namespace=\"" namespace "\" name=\"" name "\" importType=\"" DMN "\"/>"
#define NEEDS_OTHER(href)       "<informationRequirement><requiredDecision href=\"" href "\"/></informationRequirement>"
    ModelSource sources[] = {
        { S("main.dmn"),
          S("<definitions xmlns=\"" DMN "\" namespace=\"urn:main\">" IMPORT("urn:b", "b") IMPORT("urn:c", "the c")
                DECISION("d", NEEDS_OTHER("urn:b#e") NEEDS_OTHER("urn:c#e") TEXT("b.e + the c.e")) "</definitions>") },
        { S("a.dmn"), S("<definitions xmlns=\"" DMN "\" namespace=\"urn:a\">" INPUT("n")
                            DECISION("e", NEEDS("n") TEXT("n + 1")) "</definitions>") },
        { S("b.dmn"), S("<definitions xmlns=\"" DMN "\" namespace=\"urn:b\">" IMPORT("urn:a", "a")
                            DECISION("e", NEEDS_OTHER("urn:a#e") TEXT("a.e * 10")) "</definitions>") },
        { S("c.dmn"), S("<definitions xmlns=\"" DMN "\" namespace=\"urn:c\">" IMPORT("urn:a", "") IMPORT(
                          "urn:c", "itself") DECISION("e2", "") "<decision id=\"e\" name=\"e\">" NEEDS_OTHER("urn:a#e")
                            TEXT("e * 100") "</decision></definitions>") },
        { S("broken.dmn"), S("<definitions") },
    };
    Errors errors = errors_begin(arena);
    Value value;
    const Model *model = model_read(arena, sources, COUNT_OF(sources), &errors);
    CHECK_STR(told(&errors), S(""));
    if (!CHECK(model != NULL))
        return;
    Scope scope = scope_of(INPUTS("b", "{a: {n: 1}}", "the c.n", "2"));
    CHECK(model_decide(arena, model, S("d"), &scope, &value));
    CHECK_STR(shown(value), S("320"));
    scope = scope_of(INPUTS("n", "0"));
    CHECK(model_decide(arena, model, S("d"), &scope, &value));
    CHECK_STR(shown(value), S("110"));
    CHECK(model_decide(arena, model, S("d"), NULL, &value));
    CHECK_STR(shown(value), S("unknown b.a.n the c.n"));
}

/* ---- decisions and definitions as rules ---- */

static Str names_of(const Rule *rule)
{
    Text text = text_begin(arena, 1000);
    for (size_t i = 0; i < rule_names(rule)->count; i++)
        text_printf(&text, "%s%.*s", i ? " " : "", STR_ARGS(rule_names(rule)->at[i]));
    return text_str(&text);
}

static const Rule *rule_of(const char *text)
{
    Errors errors = errors_begin(arena);
    const Rule *rule = rule_parse(arena, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule;
}

static Str evaluated(const Rule *rule, const char *const *inputs)
{
    Scope scope = scope_of(inputs);
    return shown(rule_evaluate(arena, rule, &scope));
}

/* What nothing declares is an input; what is there but not required is none; a member of a filter's items neither. */
static void test_undrawn_inputs(void)
{
    Errors errors;
    const Model *model = read_model(whole(INPUT("x") INPUT("y")
                                              DECISION("d", NEEDS("x") TEXT("[x, nowhere, y, d, [{a: 1}][a = 1]]"))
                                                  DECISION("e", TEXT("if nowhere then elsewhere else 0"))),
                                    &errors);
    CHECK_STR(told(&errors), S(""));
    if (!CHECK(model != NULL))
        return;
    CHECK_STR(names_of(rule_of_decision(arena, model, S("d"), NULL)), S("nowhere x"));
    CHECK_STR(names_of(rule_of_decision(arena, model, S("e"), NULL)), S("nowhere elsewhere"));
    CHECK(model_inputs(model)->count == 4);
    CHECK_STR(evaluated(rule_of_decision(arena, model, S("d"), NULL), INPUTS("x", "1", "nowhere", "2")),
              S("[1, 2, null, null, [{a: 1}]]"));
    CHECK_STR(evaluated(rule_of_decision(arena, model, S("e"), NULL), INPUTS("x", "1")), S("unknown nowhere elsewhere"));
    Scope closed = { .closed = true };
    Value value;
    CHECK(model_decide(arena, model, S("e"), &closed, &value) && shown(value).len == 1);
}

static const Rule *fee_rule(const Map *called)
{
    Errors errors;
    const Model *model =
        read_model(whole("<inputData id=\"s\" name=\"Number of seats\"/>" INPUT("fire") INPUT("other")
                             DECISION("size", NEEDS("s") TEXT("if Number of seats &gt; 75 then \"large\" else \"small\""))
                                 DECISION("no", NEEDS("other") TEXT("other"))
                                     DECISION("fee", NEEDS("fire") NEEDS_DECISION("size")
                                                  TEXT("if fire and size = \"large\" then 200 else 100"))),
                   &errors);
    must(model && errors.list.count == 0 && !rule_of_decision(arena, model, S("none"), NULL));
    return rule_of_decision(arena, model, S("fee"), called);
}

static void test_decision_as_rule(void)
{
    Map called = { 0 };
    const Str seats = S("seats");
    map_put(arena, &called, S("Number of seats"), (void *)&seats);
    CHECK_STR(names_of(fee_rule(NULL)), S("Number of seats fire"));
    const Rule *rule = fee_rule(&called);
    CHECK_STR(names_of(rule), S("seats fire"));
    CHECK_STR(rule_text(rule), S("fee"));
    CHECK_STR(evaluated(rule, INPUTS("fire", "false")), S("100"));
    CHECK_STR(evaluated(rule, INPUTS("fire", "true")), S("unknown seats"));
    CHECK_STR(evaluated(rule, INPUTS("fire", "true", "seats", "76")), S("200"));
    CHECK_STR(evaluated(rule, INPUTS("fire", "true", "Number of seats", "76")), S("200"));

    /* All that asks works on it: here seats of 75 and 76 stand for all. */
    Map domains = { 0 };
    Domain number = { .kind = VALUE_NUMBER, .whole = true };
    map_put(arena, &domains, seats, &number);
    Scope scope = scope_of(INPUTS("fire", "true", "seats", "10"));
    WhatIfs turns = subject_what_if(arena, subject_of_rule(arena, rule), &scope, &domains);
    CHECK(turns.count == 1 && str_equal(turns.at[0].test, S("> 75")) && str_equal(turns.at[0].fact, seats));
    Scope known = scope_of(INPUTS("seats", "10"));
    CHECK(subject_questions(arena, subject_of_rule(arena, rule), &known, &domains).count == 0);
}

static void test_definitions(void)
{
    Map definitions = { 0 }, called = { 0 };
    const Str seats = S("seats");
    map_put(arena, &called, S("Number of seats"), (void *)&seats);
    map_put(arena, &definitions, S("size"), (void *)rule_of("if seats > 75 then \"large\" else \"small\""));
    map_put(arena, &definitions, S("busy"), (void *)rule_of("size = \"large\" and town"));
    map_put(arena, &definitions, S("fee"), (void *)fee_rule(&called));
    const Rule *plain = rule_of("town and seats > 5");
    CHECK(rule_with(arena, plain, &definitions) == plain);
    const Rule *rule = rule_with(arena, rule_of("busy or size = \"huge\" or fee > 100"), &definitions);
    CHECK_STR(names_of(rule), S("seats town fire"));
    CHECK_STR(rule_text(rule), S("busy or size = \"huge\" or fee > 100"));
    CHECK_STR(evaluated(rule, INPUTS()), S("unknown seats town fire"));
    CHECK_STR(evaluated(rule, INPUTS("seats", "75")), S("false"));
    CHECK_STR(evaluated(rule, INPUTS("seats", "76", "town", "false")), S("unknown fire"));
    CHECK_STR(evaluated(rule, INPUTS("seats", "76", "town", "false", "fire", "true")), S("true"));
    /* A name that the rule binds itself is its own. */
    CHECK_STR(evaluated(rule_with(arena, rule_of("[1, 2][some size in [3] satisfies size = item + 1]"), &definitions), INPUTS()),
              S("[2]"));
    Map domains = { 0 };
    Domain number = { .kind = VALUE_NUMBER, .whole = true };
    map_put(arena, &domains, seats, &number);
    Scope scope = scope_of(INPUTS("town", "true", "seats", "10"));
    WhatIfs turns = subject_what_if(arena, subject_of_rule(arena, rule), &scope, &domains);
    CHECK(turns.count == 1 && str_equal(turns.at[0].test, S("> 75")));
}

/* A chain in which each uses the one before it twice would be worked out a million times, if not once each; and it is told
 * once. */
static void test_definitions_once(void)
{
    Map definitions = { 0 };
    map_put(arena, &definitions, S("d0"), (void *)rule_of("seats + 1"));
    for (int i = 1; i <= 40; i++)
        map_put(arena, &definitions, str_printf(arena, "d%d", i),
                (void *)rule_of(str_terminated(arena, str_printf(arena, "d%d + d%d - seats", i - 1, i - 1))));
    const Rule *rule = rule_with(arena, rule_of("d40 - d40 = 0 and d40 > seats"), &definitions);
    CHECK_STR(names_of(rule), S("seats"));
    CHECK_STR(evaluated(rule, INPUTS("seats", "1")), S("true"));
    Scope scope = scope_of(INPUTS("seats", "1"));
    Text text = text_begin(arena, 1 << 20);
    text_explanation(&text, rule_explain(arena, rule, &scope));
    CHECK(!text.overflow && text.len < 20000);

    text = text_begin(arena, 10000);
    Map few = { 0 };
    map_put(arena, &few, S("size"), (void *)rule_of("if seats > 75 then \"large\" else \"small\""));
    map_put(arena, &few, S("fee"), (void *)fee_rule(NULL));
    map_put(arena, &few, S("Number of seats"), (void *)rule_of("seats"));
    scope = scope_of(INPUTS("seats", "80", "fire", "true"));
    text_explanation(&text, rule_explain(arena, rule_with(arena, rule_of("size = \"large\" and fee > 100"), &few), &scope));
    CHECK_STR(text_str(&text), S("size = \"large\" and fee > 100 = true\n"
                                 "  size = \"large\" = true\n"
                                 "    size = \"large\"\n"
                                 "      if seats > 75 then \"large\" else \"small\" = \"large\"\n"
                                 "        seats > 75 = true\n"
                                 "          seats = 80\n"
                                 "  fee > 100 = true\n"
                                 "    fee = 200\n"
                                 "      fee = 200\n"
                                 "        if fire and size = \"large\" then 200 else 100 = 200\n"
                                 "          fire and size = \"large\" = true\n"
                                 "            fire = true\n"
                                 "            size = \"large\" = true\n"
                                 "              size = \"large\"\n"
                                 "        size = \"large\"\n"
                                 "          if Number of seats > 75 then \"large\" else \"small\" = \"large\"\n"
                                 "            Number of seats > 75 = true\n"
                                 "              Number of seats = 80\n"));
}

/* Each decision speaks of the two before it: told in full each time, the last one would have a million lines. */
static void test_told_once(void)
{
    Text body = text_begin(arena, 1 << 20);
    text_put(&body, S(INPUT("x") DECISION("d0", NEEDS("x") TEXT("x")) DECISION("d1", NEEDS_DECISION("d0") TEXT("d0 + 1"))));
    for (int i = 2; i <= 30; i++)
        text_printf(&body, "<decision id=\"d%d\" name=\"d%d\"><informationRequirement><requiredDecision href=\"#d%d\"/>"
                           "</informationRequirement><informationRequirement><requiredDecision href=\"#d%d\"/>"
                           "</informationRequirement>" TEXT("d%d + d%d") "</decision>",
                    i, i, i - 1, i - 2, i - 1, i - 2);
    Errors errors;
    const Model *model = read_model(whole(str_terminated(arena, text_str(&body))), &errors);
    if (!CHECK(model != NULL))
        return;
    Scope scope = scope_of(INPUTS("x", "1"));
    const Explanation *why = rule_explain(arena, rule_of_decision(arena, model, S("d30"), NULL), &scope);
    CHECK_STR(shown(why->value), S("2178309"));
    Text text = text_begin(arena, 20000);
    text_explanation(&text, why);
    CHECK(!text.overflow);
}

/* As DMN 1.1 writes it: types with a prefix, and everything by the prefix of its namespace. */
static void test_oldest(void)
{
    Str old =
        S("<dmn:definitions xmlns:dmn=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\" namespace=\"urn:old\" "
          "xmlns:tool=\"urn:tool\"><dmn:extensionElements><tool:decision name=\"none\"/></dmn:extensionElements>"
          "<dmn:itemDefinition name=\"ages\" isCollection=\"true\"><dmn:typeRef>feel:number</dmn:typeRef>"
          "</dmn:itemDefinition><dmn:decision name=\" the  sum\" tool:x=\"1\"><dmn:variable name=\"the sum\" "
          "typeRef=\"feel:number\"/><dmn:context><dmn:contextEntry><dmn:variable name=\"a\" typeRef=\"own:ages\"/>"
          "<dmn:literalExpression><dmn:text><![CDATA[if 1 < 2 then]]> 7 <!-- note -->else 8</dmn:text>"
          "</dmn:literalExpression></dmn:contextEntry><dmn:contextEntry><dmn:literalExpression><dmn:text>sum(a)"
          "</dmn:text></dmn:literalExpression></dmn:contextEntry></dmn:context></dmn:decision></dmn:definitions>");
    Errors errors;
    Value value;
    const Model *model = read_model(old, &errors);
    CHECK_STR(told(&errors), S(""));
    CHECK(model && model_decide(arena, model, S("the sum"), NULL, &value) && str_equal(shown(value), S("7")));
}

/* ---- what is refused ---- */

static void test_refused(void)
{
    CHECK_REFUSED(S(""), "error");
    CHECK_REFUSED(S("<definitions"), "not well-formed");
    CHECK_REFUSED(S("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe4</a>"), "not UTF-8");
    CHECK_REFUSED(S("\xff\xfe<\0a\0/\0>\0"), "not UTF-8");
    CHECK_STR(refused(S("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>" HEAD TAIL)), S(""));
    CHECK_STR(refused(S("<?xml version=\"1.0\" encoding=\"US-ASCII\"?>" HEAD TAIL)), S(""));
    CHECK_REFUSED(S("<definitions xmlns=\"urn:other\"/>"), "this is no model");
    CHECK_REFUSED(S("<!DOCTYPE definitions><definitions/>"), "a document type is not accepted");
    CHECK_STR(refused(S(HEAD "\n<!-- <!DOCTYPE \" -->" DECISION(
                  "d", "<literalExpression><text><![CDATA[1 < 2 <!DOCTYPE '>]]></text></literalExpression>") TAIL
                        "\n<?p <!DOCTYPE?>")),
              S(""));
    Text crowded = text_begin(arena, 1 << 20);
    text_put(&crowded, S("<definitions\n"));
    for (int i = 0; i < 2000; i++)
        text_printf(&crowded, " a%d='=\">'", i);
    CHECK_REFUSED(text_str(&crowded), "test.dmn:1: error: more than 1,000 attributes of one element");
    CHECK_REFUSED(S("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                    "<!ENTITY c SYSTEM \"file:///etc/passwd\">]><definitions>&b;&c;</definitions>"),
                  "a document type is not accepted");
    CHECK_REFUSED(whole(DECISION("a", NEEDS("nowhere") TEXT("1"))), "there is no element \"#nowhere\"");
    CHECK_REFUSED(whole(DECISION("a", TEXT("1")) DECISION("a", TEXT("1"))), "twice");
    CHECK_REFUSED(whole(DECISION("a", NEEDS_DECISION("b") TEXT("b")) DECISION("b", NEEDS_DECISION("a") TEXT("a"))),
                  "requires itself");
    Text deep = text_begin(arena, 1 << 20);
    text_put(&deep, S(HEAD "<decision name=\"d\">"));
    for (int i = 0; i < 1000; i++)
        text_put(&deep, S("<list>"));
    CHECK_REFUSED(text_str(&deep), "deep");
    Text many = text_begin(arena, 4 << 20);
    text_put(&many, S(HEAD));
    for (int i = 0; i < 210000; i++)
        text_put(&many, S("<x/>"));
    CHECK_REFUSED(text_str(&many), "elements");
    Text large = text_begin(arena, 8 << 20);
    for (int i = 0; i < 5 << 20; i++)
        text_char(&large, ' ');
    CHECK_REFUSED(text_str(&large), "bytes");
}

/* Bad expressions are told, and are null; the rest of the model stands. */
static void test_faulty_expressions(void)
{
    Errors errors;
    Value value;
    const Model *model = read_model(
        whole(DECISION("bad", TEXT("1 +")) DECISION("good", TEXT("1 + 1")) DECISION("moment", TEXT("[@\"foo\", 3]"))),
        &errors);
    CHECK(model != NULL && errors.list.count == 2);
    CHECK(model && model_decide(arena, model, S("moment"), NULL, &value) && str_equal(shown(value), S("[null, 3]")));
    CHECK(model && model_decide(arena, model, S("bad"), NULL, &value) && value.kind == VALUE_NULL);
    CHECK(model && model_decide(arena, model, S("good"), NULL, &value) && str_equal(shown(value), S("2")));
}

/* Any part of a model, cut off or with a byte changed, is refused or read; never more. */
static void test_broken_bytes(void)
{
    Str xml = whole(TYPES SERVICE DECISION("d", KNOWS("s") TEXT("my service(10, 5)")));
    Arena *lasting = arena;
    for (size_t i = 0; i < xml.len; i += 7) {
        arena = arena_open(8 << 20);
        Errors errors;
        char *bytes = str_terminated(arena, xml);
        bytes[i] = "<>\"&/#\x80"[i % 7];
        const Model *cut = read_model(str_slice(xml, 0, i), &errors);
        const Model *changed = read_model((Str){ bytes, xml.len }, &errors);
        CHECK(!cut);
        Value value;
        if (changed && model_decide(arena, changed, S("d"), NULL, &value)) {
            const Rule *rule = rule_of_decision(arena, changed, S("d"), NULL);
            CHECK(rule && str_equal(shown(rule_explain(arena, rule, NULL)->value), shown(value)));
            (void)rule_results(arena, rule);
        }
        arena_close(arena);
    }
    arena = lasting;
}

/* ---- random tables ---- */

static uint64_t state = 20261026;

static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

#define PICK(list) (list)[below(COUNT_OF(list))]

static Str random_table(void)
{
    static const char *const POLICIES[] = { "UNIQUE",     "ANY",          "PRIORITY", "FIRST",
                                            "RULE ORDER", "OUTPUT ORDER", "COLLECT" };
    static const char *const AGGREGATIONS[] = {
        "", "", "aggregation=\"SUM\"", "aggregation=\"COUNT\"", "aggregation=\"MIN\"", "aggregation=\"MAX\""
    };
    static const char *const CELLS[] = { "-", "-", "1", "&gt; 1", "not(2)", "[1..2]", "null", "y", "? = z", "2, z" };
    static const char *const OUTPUTS[] = { "1", "1", "2", "1.0", "3", "y", "null", "[z]", "x + 1" };
    static const char *const ORDERS[] = { "", "<outputValues><text>3, 2, 1</text></outputValues>" };
    static const char *const DEFAULTS[] = { "", "<defaultOutputEntry><text>1</text></defaultOutputEntry>" };
    static const char *const ALLOWED[] = { "", "", "", "<inputValues><text>1, 2, z</text></inputValues>" };
    Text text = text_begin(arena, 1 << 16);
    text_printf(&text,
                INPUT("x") INPUT("y") INPUT("z") "<decision id=\"d\" name=\"d\">" NEEDS("x") NEEDS("y")
                    NEEDS("z") "<decisionTable hitPolicy=\"%s\" %s>",
                PICK(POLICIES), PICK(AGGREGATIONS));
    text_printf(&text, "<input><inputExpression><text>x</text></inputExpression>%s</input>" IN("y"), PICK(ALLOWED));
    text_printf(&text, "<output>%s%s</output>", PICK(ORDERS), PICK(DEFAULTS));
    for (unsigned i = 0, rules = 1 + below(4); i < rules; i++)
        text_printf(&text,
                    "<rule><inputEntry><text>%s</text></inputEntry><inputEntry><text>%s</text></inputEntry>"
                    "<outputEntry><text>%s</text></outputEntry></rule>",
                    PICK(CELLS), PICK(CELLS), PICK(OUTPUTS));
    text_put(&text, S("</decisionTable></decision>"));
    return whole(str_terminated(arena, text_str(&text)));
}

static void put_text(Text *text, const char *before, const char *feel_text)
{
    text_printf(text, "%s<literalExpression><text>%s</text></literalExpression>", before, feel_text);
}

static Str random_boxed(void)
{
    static const char *const LISTS[] = {
        "[1, 2, x]", "[y, 1]", "z", "[]", "[x, y, z]", "[{a: x}, {a: 2}]", "[true, x]"
    };
    static const char *const CONDITIONS[] = {
        "x",    "i",      "i = 1", "item = y", "a &gt; 1", "item",    "\"no\"",
        "null", "i != x", "true",  "y = z",    "z",        "x and y", "if i = 1 then \"no\" else true",
        "false"
    };
    static const char *const RESULTS[] = { "1", "x", "y + 1", "i", "null", "[x, 1]", "{a: z}" };
    static const char *const LOOPS[][3] = { { "some", "satisfies" }, { "every", "satisfies" }, { "for", "return" } };
    Text text = text_begin(arena, 1 << 16);
    text_put(&text,
             S(INPUT("x") INPUT("y") INPUT("z") "<decision id=\"d\" name=\"d\">" NEEDS("x") NEEDS("y") NEEDS("z")));
    unsigned form = below(5);
    if (form == 0) {
        put_text(&text, "<conditional><if>", PICK(CONDITIONS));
        put_text(&text, "</if><then>", PICK(RESULTS));
        put_text(&text, "</then><else>", PICK(RESULTS));
        text_put(&text, S("</else></conditional>"));
    } else if (form == 1) {
        put_text(&text, "<filter><in>", PICK(LISTS));
        put_text(&text, "</in><match>", PICK(CONDITIONS));
        text_put(&text, S("</match></filter>"));
    } else {
        const char *const *loop = LOOPS[form - 2];
        text_printf(&text, "<%s iteratorVariable=\"i\">", loop[0]);
        put_text(&text, "<in>", PICK(LISTS));
        text_printf(&text, "</in><%s>", loop[1]);
        put_text(&text, "", form == 4 ? PICK(RESULTS) : PICK(CONDITIONS));
        text_printf(&text, "</%s></%s>", loop[1], loop[0]);
    }
    text_put(&text, S("</decision>"));
    return whole(str_terminated(arena, text_str(&text)));
}

enum { FACTS = 3, ANSWERS = 5, UNANSWERED = ANSWERS - 1, COMBINATIONS = ANSWERS * ANSWERS * ANSWERS };
static const char *const FACT_NAMES[FACTS] = { "x", "y", "z" };
static const char *const FACT_VALUES[UNANSWERED] = { "1", "2", "null", "true" };

/* By the model, and by a rule that names the decision by way of another one: both alike. */
static Value of_combination(const Model *model, const Rule *bound, int combination)
{
    Scope scope = { 0 };
    Value value;
    for (int fact = 0; fact < FACTS; fact++, combination /= ANSWERS)
        if (combination % ANSWERS != UNANSWERED)
            scope_set(arena, &scope, str_from(FACT_NAMES[fact]), feel(FACT_VALUES[combination % ANSWERS]));
    must(model_decide(arena, model, S("d"), &scope, &value));
    CHECK_STR(shown(rule_evaluate(arena, bound, &scope)), shown(value));
    CHECK_STR(shown(rule_explain(arena, bound, &scope)->value), shown(value));
    return value;
}

static const Rule *bound_twice(const Model *model)
{
    Map definitions = { 0 };
    map_put(arena, &definitions, S("decided"), (void *)rule_of_decision(arena, model, S("d"), NULL));
    map_put(arena, &definitions, S("outcome"), (void *)rule_of("decided"));
    return rule_with(arena, rule_of("outcome"), &definitions);
}

/* What was known of a value is so still. */
static bool stands(Value before, Value after)
{
    if (value_is_unknown(before))
        return true;
    if (before.kind == VALUE_CONTEXT && after.kind == VALUE_CONTEXT)
        return stands(value_get(before, S("a")), value_get(after, S("a")));
    if (before.kind == VALUE_LIST && after.kind == VALUE_LIST) {
        for (size_t i = 0; i < value_count(before); i++)
            if (!stands(value_item(before, i), value_item(after, i)))
                return false;
        return value_count(before) == value_count(after);
    }
    return str_equal(shown(before), shown(after));
}

static void check_answer(Str xml, Value before, Value after, Str fact)
{
    bool waits = value_is_unknown(before) && strs_has(before.waiting, fact);
    bool good = stands(before, after) && (!value_is_unknown(before) || waits || value_is_unknown(after));
    if (!CHECK(good))
        printf("%.*s\n%.*s, after %.*s %.*s\n", STR_ARGS(xml), STR_ARGS(shown(before)), STR_ARGS(fact),
               STR_ARGS(shown(after)));
}

static void check_sound(Str (*random_model)(void))
{
    Arena *lasting = arena;
    for (int table = 0; table < 1500 && test_faults < 3; table++) {
        arena = arena_open(64 << 20);
        Errors errors;
        Value results[COMBINATIONS];
        Str xml = random_model();
        const Model *model = read_model(xml, &errors);
        must(model != NULL);
        const Rule *bound = bound_twice(model);
        for (int i = 0; i < COMBINATIONS; i++)
            results[i] = of_combination(model, bound, i);
        for (int i = 0; i < COMBINATIONS; i++)
            for (int fact = 0, weight = 1; fact < FACTS; fact++, weight *= ANSWERS)
                for (int answer = 0; i / weight % ANSWERS == UNANSWERED && answer < UNANSWERED; answer++)
                    check_answer(xml, results[i], results[i - (UNANSWERED - answer) * weight],
                                 str_from(FACT_NAMES[fact]));
        arena_close(arena);
    }
    arena = lasting;
}

static void test_tables_are_sound(void)
{
    check_sound(random_table);
}

static void test_boxed_are_sound(void)
{
    check_sound(random_boxed);
}

int main(void)
{
    arena = arena_open(256 << 20);
    RUN(test_boxed);
    RUN(test_functions);
    RUN(test_single_hits);
    RUN(test_several_hits);
    RUN(test_table_parts);
    RUN(test_graph);
    RUN(test_services);
    RUN(test_endless);
    RUN(test_limits);
    RUN(test_types);
    RUN(test_imports);
    RUN(test_imported_twice);
    RUN(test_oldest);
    RUN(test_undrawn_inputs);
    RUN(test_decision_as_rule);
    RUN(test_definitions);
    RUN(test_definitions_once);
    RUN(test_told_once);
    RUN(test_refused);
    RUN(test_faulty_expressions);
    RUN(test_broken_bytes);
    RUN(test_tables_are_sound);
    RUN(test_boxed_are_sound);
    arena_close(arena);
    return test_end();
}
