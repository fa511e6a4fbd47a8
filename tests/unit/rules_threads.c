/* rules: one rule and one model, evaluated from many threads at once. Everything that is loaded is only read, so all
 * get what one gets; the build with the thread sanitizer says whether that is so. */
#include "rules/rules.h"
#include "test.h"

#include <pthread.h>

enum { THREADS = 8, ROUNDS = 300, KINDS = 4 };

static const char MODEL[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"t\">"
    "<inputData name=\"n\" id=\"n\"><variable name=\"n\" typeRef=\"number\"/></inputData>"
    "<businessKnowledgeModel name=\"twice\" id=\"k\"><variable name=\"twice\"/><encapsulatedLogic>"
    "<formalParameter name=\"x\"/><literalExpression><text>x * 2</text></literalExpression></encapsulatedLogic>"
    "</businessKnowledgeModel><decision name=\"d\" id=\"d\"><variable name=\"d\"/>"
    "<informationRequirement><requiredInput href=\"#n\"/></informationRequirement>"
    "<knowledgeRequirement><requiredKnowledge href=\"#k\"/></knowledgeRequirement>"
    "<decisionTable hitPolicy=\"COLLECT\"><input><inputExpression><text>n</text></inputExpression></input><output/>"
    "<rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>twice(n)</text></outputEntry></rule>"
    "<rule><inputEntry><text>[2..5]</text></inputEntry><outputEntry><text>n + 1</text></outputEntry></rule>"
    "<rule><inputEntry><text>7</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>"
    "<rule><inputEntry><text>&gt; 4</text></inputEntry><outputEntry><text>-n</text></outputEntry></rule>"
    "</decisionTable></decision></definitions>";

static const char *const RULES[KINDS - 1] = {
    "if matches(s, \"^[a-c]+[0-9]{2}$\", \"i\") then upper case(s) else replace(s, \"([a-z])\", \"<$1>\")",
    "for i in 1..n return {at: @\"2026-03-29T00:30:00@Europe/Paris\" + duration(\"PT1H\") * i, s: sort([3, n, 1], "
    "function(a, b) a < b)}",
    "some x in [n, a] satisfies x > 6 and exp(n) > 0",
};

static const Rule *rules[KINDS - 1];
static const Subject *subjects[KINDS - 1];
static const Model *model;
static Str wanted[ROUNDS];

static Str evaluated(Arena *arena, int round)
{
    Scope scope = { .now = { 1795000000000000 } };
    Value value;
    int kind = round % KINDS;
    scope_set(arena, &scope, S("n"), value_i64(arena, round % 9));
    scope_set(arena, &scope, S("s"), value_string(round % 2 ? S("abc12") : S("xyz")));
    if (kind < KINDS - 1)
        value =
            round % 3 ? rule_evaluate(arena, rules[kind], &scope) : subject_decide(arena, subjects[kind], &scope, NULL);
    else
        must(model_decide(arena, model, S("d"), &scope, &value));
    Text text = text_begin(arena, 1 << 16);
    text_typed(&text, value);
    return text_str(&text);
}

static void *evaluate_all(void *faults)
{
    Arena *arena = arena_open(16 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        *(int *)faults += !str_equal(evaluated(arena, round), wanted[round]);
    }
    arena_close(arena);
    return NULL;
}

static void threads_get_what_one_gets(void)
{
    pthread_t threads[THREADS];
    int faults[THREADS] = { 0 };
    for (int i = 0; i < THREADS; i++)
        must(pthread_create(&threads[i], NULL, evaluate_all, &faults[i]) == 0);
    for (int i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL) == 0);
        CHECK(faults[i] == 0);
    }
}

int main(void)
{
    Arena *arena = arena_open(16 << 20);
    Errors errors = errors_begin(arena);
    for (size_t i = 0; i < COUNT_OF(RULES); i++) {
        rules[i] = rule_parse(arena, str_from(RULES[i]), (Place){ 0 }, &errors);
        must(rules[i] != NULL);
        subjects[i] = subject_of_rule(arena, rules[i]);
    }
    const ModelSource source = { S("t.dmn"), str_from(MODEL) };
    model = model_read(arena, &source, 1, &errors);
    must(model && errors.list.count == 0);
    for (int round = 0; round < ROUNDS; round++)
        wanted[round] = evaluated(arena, round);
    RUN(threads_get_what_one_gets);
    arena_close(arena);
    return test_end();
}
