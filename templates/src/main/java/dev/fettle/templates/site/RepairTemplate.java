package dev.fettle.templates.site;

import dev.fettle.contract.model.FaultClass;
import java.util.Set;
import java.util.stream.Stream;

/** One idea how a failure is repaired; the class is named as its edit. Stateless. */
public interface RepairTemplate {
  /** Also the name of its page and of its golden folder. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The faults it knows an edit for. */
  Set<FaultClass> handles();

  /** The edits it would make, in any order; empty when it must not touch the place. */
  Stream<Proposal> propose(TemplateInput input);
}
