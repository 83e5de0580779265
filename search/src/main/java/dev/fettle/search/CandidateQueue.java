package dev.fettle.search;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proposals, the likeliest first. A family looks at a site only when nothing cheaper is left, so
 * large files cost little. Each text comes once, with its cheapest derivation. Confined to the
 * searching thread.
 */
final class CandidateQueue {
  private static final List<Family> FAMILIES =
      List.of(
          new SwapOperator(),
          new ChangeConstant(),
          new ReplaceExpression(),
          new ChangeCall(),
          new WrapExpression(),
          new ChangeCondition(),
          new MarkPlaces(),
          new ChangeStatement(),
          new InsertStatement(),
          new AddElse(),
          new MirrorStatement(),
          new BeginMethod(),
          new ChangeCase(),
          new CastReference(),
          new ChangeDeclaration(),
          new CatchException());
  private static final double EVERYWHERE = 1.0;

  /** A change at all places that are alike is likelier than one at some of them. */
  private static final double MORE = 0.15;

  private static final int SITES = 6;

  /** Families that complete a suggested condition. */
  private static final List<Family> CONDITIONAL =
      List.of(new ChangeCondition(), new ChangeStatement(), new InsertStatement());

  /** So many places are looked at again for what others suggest, the most suspicious first. */
  private static final int SUGGESTED_SITES = 150;

  private final OperatorPrior prior;
  private final List<Family> families;
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(
          Comparator.comparingDouble(Entry::cost).thenComparingLong(Entry::sequence));
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, List<Proposal>> alike = new HashMap<>();
  private final List<Site> sites = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private long sequence;

  /** Something to look at: a family at a site, or a proposal. */
  private record Entry(
      double cost,
      long sequence,
      @Nullable Site site,
      @Nullable Family family,
      @Nullable Proposal proposal,
      @Nullable Place place) {}

  CandidateQueue(OperatorPrior prior) {
    this(prior, FAMILIES);
  }

  CandidateQueue(OperatorPrior prior, List<Family> families) {
    this.prior = prior;
    this.families = families;
  }

  /** Adds the sites of a file. */
  void open(Unit unit, Suspicion suspicion) {
    Surroundings around = new Surroundings(unit.file());
    texts.put(unit.file().path(), unit.text());
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
        if (tree == null
            || tree instanceof ImportTree
            || tree instanceof PackageTree
            || tree instanceof AnnotationTree
            || tree instanceof ModifiersTree) {
          return null;
        }
        if ((tree instanceof ExpressionTree
                || tree instanceof StatementTree
                || tree instanceof MethodTree)
            && !(tree instanceof ClassTree)
            && unit.file().written(tree)) {
          TreePath path = new TreePath(getCurrentPath(), tree);
          open(unit, around, path, suspicion);
        }
        return super.scan(tree, p);
      }
    }.scan(new TreePath(unit.file().unit()), null);
  }

  /** A place whose surroundings the compiler's model does not hold is passed over. */
  private void open(Unit unit, Surroundings around, TreePath path, Suspicion suspicion) {
    double cost;
    try {
      if (Surroundings.isType(unit.file(), path.getLeaf())) {
        return;
      }
      cost = cost(unit.file(), path, suspicion);
    } catch (IllegalArgumentException unknown) {
      return;
    }
    add(new Site(unit, around, path, cost));
  }

  private void add(Site site) {
    sites.add(site);
    families.forEach(f -> look(site, f));
  }

  /** Looks at the most suspicious places again with what others suggest. */
  void suggest(List<String> conditions, List<String> ingredients) {
    List<Site> likely =
        sites.stream()
            .sorted(Comparator.comparingDouble(Site::cost))
            .limit(SUGGESTED_SITES)
            .toList();
    List<Predicates.Predicate> predicates = Predicates.suggested(conditions);
    for (Site site : likely) {
      if (!predicates.isEmpty()) {
        Site again = site.suggesting(predicates);
        CONDITIONAL.forEach(f -> look(again, f));
      }
      if (!ingredients.isEmpty()) {
        look(site, new UseIngredient(ingredients));
      }
    }
  }

  private void look(Site site, Family family) {
    queue.add(new Entry(site.cost() + family.least(prior), sequence++, site, family, null, null));
  }

  private static double cost(JavaFile file, TreePath path, Suspicion suspicion) {
    double best = suspicion.of(file.path(), file.line(path.getLeaf()));
    Optional<StatementTree> around = file.statementAround(path.getLeaf());
    if (around.isPresent()) {
      best = Math.max(best, suspicion.of(file.path(), file.line(around.get())));
      if (around.get() instanceof ForLoopTree loop) {
        best = Math.max(best, suspicion.of(file.path(), file.line(loop)));
      }
    }
    boolean declared =
        path.getLeaf() instanceof VariableTree || path.getLeaf() instanceof MethodTree;
    for (TreePath p = path; p != null && best < 0.2; p = p.getParentPath()) {
      if (p.getLeaf() instanceof VariableTree) {
        declared = true;
      } else if (p.getLeaf() instanceof MethodTree) {
        break;
      }
    }
    if (declared) {
      best = Math.max(best, suspicion.declared());
    }
    return -Math.log(best);
  }

  /** Puts a proposal made elsewhere in its place. */
  void add(Proposal proposal) {
    queue.add(new Entry(proposal.cost(), sequence++, null, null, proposal, null));
  }

  /** The cost of the next one at least; infinite when there is none. */
  double frontier() {
    Entry next = queue.peek();
    return next == null ? Double.POSITIVE_INFINITY : next.cost();
  }

  /** The next proposal whose text was not seen before; null when there is none left. */
  @Nullable Proposal next() {
    while (true) {
      Entry entry = queue.poll();
      if (entry == null) {
        return null;
      }
      if (entry.place() != null) {
        places.add(entry.place());
      } else if (entry.proposal() != null) {
        if (seen.add(key(entry.proposal()))) {
          return entry.proposal();
        }
      } else if (entry.site() != null && entry.family() != null) {
        expand(entry.site(), entry.family());
      }
    }
  }

  /** Places whose turn has come, the likeliest first. The caller takes them away. */
  List<Place> places() {
    return places;
  }

  /** Whether a text was not seen before; then it is now. */
  boolean fresh(Proposal proposal) {
    return seen.add(key(proposal));
  }

  private void expand(Site site, Family family) {
    Draft draft = new Draft(site, prior);
    try {
      family.propose(site, draft);
    } catch (RuntimeException e) {
      return; // the compiler's model throws where types are missing: other sites are whole
    }
    for (Place place : draft.places()) {
      queue.add(new Entry(place.cost(), sequence++, null, null, null, place));
    }
    for (Proposal proposal : draft.proposals()) {
      add(proposal);
      if (proposal.edits().size() == 1) {
        everywhere(site, proposal);
      }
    }
  }

  /** The same change at all places with the same text: a frequent second kind of repair. */
  private void everywhere(Site site, Proposal proposal) {
    Edit edit = proposal.edits().get(0);
    if (edit.start() == edit.end() || proposal.operator().startsWith("statement")) {
      return;
    }
    String old = site.unit().text().substring(edit.start(), edit.end());
    String key = proposal.path() + '\0' + proposal.operator() + '\0' + old + '\0' + edit.text();
    List<Proposal> same = alike.computeIfAbsent(key, k -> new ArrayList<>());
    if (same.size() >= SITES || same.stream().anyMatch(p -> p.overlaps(proposal))) {
      return;
    }
    same.add(proposal);
    if (same.size() > 1) {
      List<Edit> all = same.stream().flatMap(p -> p.edits().stream()).toList();
      double cost = same.stream().mapToDouble(Proposal::cost).max().orElse(0);
      add(
          new Proposal(
              proposal.path(), all, proposal.operator(), cost + EVERYWHERE - MORE * same.size()));
      if (same.size() > 2) {
        for (Proposal other : same.subList(0, same.size() - 1)) {
          add(
              new Proposal(
                  proposal.path(),
                  List.of(other.edits().get(0), edit),
                  proposal.operator(),
                  Math.max(other.cost(), proposal.cost()) + EVERYWHERE + 0.3));
        }
      }
    }
  }

  /** Equal for equal results, whatever the edits that lead there cover. */
  private String key(Proposal proposal) {
    String before = texts.getOrDefault(proposal.path(), "");
    StringBuilder key = new StringBuilder(proposal.path());
    for (Edit whole : proposal.edits()) {
      Edit edit = whole.trimmed(before);
      key.append('\0').append(edit.start()).append(':').append(edit.end()).append(':');
      key.append(edit.text());
    }
    return key.toString();
  }
}
