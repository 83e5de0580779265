package dev.fettle.templates.site;

import dev.fettle.source.java.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Collects the proposals of one template. */
public final class Proposals {
  private final List<Proposal> all = new ArrayList<>();

  /** Adds an edit; scores are cut to [0, 1]. */
  public Proposals add(Edits edits, String rationale, double score) {
    all.add(new Proposal(edits.patch(), rationale, Math.max(0, Math.min(1, score))));
    return this;
  }

  public Stream<Proposal> stream() {
    return all.stream();
  }
}
