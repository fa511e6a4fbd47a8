/* lint: what is wrong with a pack although each of its documents is right by itself. Pure.
 *
 * The loader (catalogue) refuses what cannot be understood; lint finds what nobody can have meant: services that no event
 * reaches, facts that nothing uses, evidence that no service asks for, papers that may follow after the decision. Findings are warnings: the pack can be served.
 *
 *     Errors findings = lint_pack(arena, pack);
 *     errors_print(&findings, &out);
 */
#ifndef LINT_H
#define LINT_H

#include "base/base.h"
#include "catalogue/catalogue.h"

Errors lint_pack(Arena *arena, const Pack *pack);

#endif
