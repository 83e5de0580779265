package dev.fettle.search;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;

/** Deletes, moves and exchanges statements; opens and closes blocks. */
final class ChangeStatement implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("statement.delete"), prior.cost("statement.move"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof StatementTree s) || s instanceof BlockTree && !inList(site)) {
      return;
    }
    if (s instanceof ReturnTree || s instanceof BreakTree || s instanceof ContinueTree) {
      draft.replace("statement.jump", 0, s instanceof BreakTree ? "continue;" : "break;");
      draft.replace("statement.jump", 0, s instanceof ContinueTree ? "break;" : "continue;");
      if (!(s instanceof ReturnTree)) {
        draft.replace("statement.jump", 0.3, "return;");
      }
    }
    if (!(s instanceof VariableTree)) {
      boolean jump = !(s instanceof ExpressionStatementTree);
      draft.replace("statement.delete", jump ? 0.5 : 0, inList(site) ? "" : ";");
    }
    if (s instanceof VariableTree v && v.getInitializer() != null && v.getType() != null) {
      String text = site.text();
      String name = v.getName().toString();
      draft.replace(
          "declaration.toAssignment",
          0,
          name
              + text.substring(
                      text.indexOf(site.text(v.getType())) + site.text(v.getType()).length())
                  .replaceFirst("\\s*" + name + "\\s*", " "));
    }
    if (inList(site)) {
      move(site, s, draft);
    }
    if (inList(site)) {
      extended(site, s, draft);
    }
    if (s instanceof IfTree i) {
      branches(site, i, draft);
    } else if (s instanceof WhileLoopTree w) {
      String text = site.text();
      draft.replace("loop.toIf", 0, "if" + text.substring("while".length()));
      emptyBody(w.getStatement(), draft);
    } else if (s instanceof ForLoopTree f) {
      forLoop(site, f, draft);
    } else if (s instanceof EnhancedForLoopTree f) {
      emptyBody(f.getStatement(), draft);
    }
  }

  static boolean inList(Site site) {
    return site.parent() instanceof BlockTree || site.parent() instanceof CaseTree;
  }

  private static List<? extends StatementTree> siblings(Tree parent) {
    if (parent instanceof BlockTree b) {
      return b.getStatements();
    }
    return parent instanceof CaseTree c && c.getStatements() != null
        ? c.getStatements()
        : List.of();
  }

  /** A statement with its neighbors, into and out of blocks. */
  private static void move(Site site, StatementTree s, Draft draft) {
    List<? extends StatementTree> all = siblings(site.parent());
    int here = all.indexOf(s);
    String text = site.text();
    int start = site.start();
    int end = site.end();
    Edit gone = new Edit(start, end, "");
    for (int distance = 1; here + distance < all.size() && distance <= 4; distance++) {
      StatementTree other = all.get(here + distance);
      draft.edits(
          distance == 1 ? "statement.swap" : "statement.move",
          0.2 * (distance - 1),
          List.of(gone, insertion(site.file().end(other), "\n" + text)));
      if (distance > 1) {
        draft.edits(
            "statement.move",
            0.2 * (distance - 1),
            List.of(
                insertion(start, site.text(other) + "\n"),
                new Edit(site.file().start(other), site.file().end(other), "")));
      }
    }
    List<Tree> inside = new ArrayList<>();
    if (here + 1 < all.size()) {
      body(all.get(here + 1), inside);
    }
    for (Tree block : inside) {
      draft.edits(
          "statement.moveIn",
          0,
          List.of(gone, insertion(site.file().start(block) + 1, "\n" + text)));
    }
    List<Tree> before = new ArrayList<>();
    if (here > 0) {
      body(all.get(here - 1), before);
    }
    for (Tree block : before) {
      draft.edits(
          "statement.moveIn", 0, List.of(gone, insertion(site.file().end(block) - 1, text + "\n")));
    }
    TreePath up = site.path().getParentPath();
    if (site.parent() instanceof BlockTree
        && up.getParentPath().getLeaf() instanceof StatementTree outer) {
      TreePath outside = up.getParentPath();
      while (outside.getParentPath().getLeaf() instanceof IfTree i
          && i.getElseStatement() == outer) {
        outside = outside.getParentPath();
      }
      if (outside.getParentPath().getLeaf() instanceof BlockTree) {
        if (here == all.size() - 1) {
          draft.edits(
              "statement.moveOut",
              0,
              List.of(gone, insertion(site.file().end(outside.getLeaf()), "\n" + text)));
        }
        if (here == 0) {
          draft.edits(
              "statement.moveOut",
              0,
              List.of(gone, insertion(site.file().start(outside.getLeaf()), text + "\n")));
        }
      }
    }
  }

  /** A body without braces that was meant to hold the statements after it, too. */
  private static void extended(Site site, StatementTree s, Draft draft) {
    StatementTree body = null;
    if (s instanceof IfTree i && i.getElseStatement() == null) {
      body = i.getThenStatement();
    } else if (s instanceof WhileLoopTree w) {
      body = w.getStatement();
    } else if (s instanceof ForLoopTree f) {
      body = f.getStatement();
    } else if (s instanceof EnhancedForLoopTree f) {
      body = f.getStatement();
    }
    if (body == null) {
      return;
    }
    List<? extends StatementTree> all = siblings(site.parent());
    int here = all.indexOf(s);
    for (int more = 1; more <= 3 && here + more < all.size(); more++) {
      int end = site.file().end(all.get(here + more));
      if (body instanceof BlockTree block) {
        draft.edits(
            "block.extend",
            0.2 * more,
            List.of(
                new Edit(site.file().end(block) - 1, site.file().end(block), ""),
                insertion(end, "\n}")));
      } else {
        draft.edits(
            "block.extend",
            0.2 * more - 0.2,
            List.of(insertion(site.file().start(body), "{ "), insertion(end, "\n}")));
      }
    }
    if (body instanceof BlockTree block) {
      List<? extends StatementTree> inside = block.getStatements();
      for (int kept = Math.max(1, inside.size() - 3); kept < inside.size(); kept++) {
        draft.edits(
            "block.shrink",
            0.2 * (inside.size() - kept),
            List.of(
                insertion(site.file().end(inside.get(kept - 1)), "\n}"),
                new Edit(site.file().end(block) - 1, site.file().end(block), "")));
      }
    }
  }

  private static void body(StatementTree s, List<Tree> blocks) {
    if (s instanceof IfTree i) {
      body(i.getThenStatement(), blocks);
      if (i.getElseStatement() != null) {
        body(i.getElseStatement(), blocks);
      }
    } else if (s instanceof WhileLoopTree w) {
      body(w.getStatement(), blocks);
    } else if (s instanceof ForLoopTree f) {
      body(f.getStatement(), blocks);
    } else if (s instanceof EnhancedForLoopTree f) {
      body(f.getStatement(), blocks);
    } else if (s instanceof BlockTree b) {
      blocks.add(b);
    }
  }

  private static Edit insertion(int at, String text) {
    return new Edit(at, at, text);
  }

  private static void branches(Site site, IfTree i, Draft draft) {
    String then = site.text(i.getThenStatement());
    String condition = site.text(i.getCondition());
    if (i.getElseStatement() != null) {
      String other = site.text(i.getElseStatement());
      int thenEnd = site.file().end(i.getThenStatement());
      int otherStart = site.file().start(i.getElseStatement());
      draft.span("branch.dropElse", 0, thenEnd, otherStart, "\n");
      draft.span("branch.deleteElse", 0.3, thenEnd, site.end(), "");
      draft.replace("branch.pick", 0.3, other);
      if (!(i.getElseStatement() instanceof IfTree)) {
        draft.replace("branch.swap", 0, "if " + condition + " " + other + " else " + then);
        for (Predicates.Predicate p : Predicates.at(site)) {
          if (p.extra() < 0.8) {
            draft.insert("branch.elseIf", 0.5 + p.extra(), otherStart, "if (" + p.text() + ") ");
          }
        }
      }
    } else if (inList(site)) {
      List<? extends StatementTree> all = siblings(site.parent());
      int here = all.indexOf(i);
      if (here + 1 < all.size()) {
        StatementTree next = all.get(here + 1);
        if (!(next instanceof VariableTree)) {
          draft.insert("branch.addElse", 0, site.file().start(next), "else ");
        }
        int last = site.file().end(all.get(all.size() - 1));
        if (here + 2 < all.size()) {
          draft.edits(
              "branch.addElse",
              0.4,
              List.of(insertion(site.file().start(next), "else {"), insertion(last, "}")));
        }
      }
    }
    draft.replace("branch.pick", 0, then);
    if (inList(site)) {
      draft.replace("loop.fromIf", 0, "while" + site.text().substring("if".length()));
    }
    emptyBody(i.getThenStatement(), draft);
  }

  /** {@code for (...);} followed by the block that was meant to be the body. */
  private static void emptyBody(Tree body, Draft draft) {
    if (body instanceof EmptyStatementTree) {
      draft.replace("loop.emptyBody", 0, body, "");
    }
  }

  private static void forLoop(Site site, ForLoopTree f, Draft draft) {
    emptyBody(f.getStatement(), draft);
    for (StatementTree s : f.getInitializer()) {
      if (s instanceof VariableTree v
          && v.getInitializer() != null
          && f.getUpdate().size() == 1
          && f.getCondition() != null
          && !(v.getInitializer() instanceof LiteralTree)) {
        draft.replace("loop.start", 0, v.getInitializer(), "0");
        draft.replace("loop.start", 0, v.getInitializer(), "1");
      }
    }
    String text = site.unit().text();
    if (f.getUpdate().size() == 1) {
      String update = site.text(f.getUpdate().get(0)).replace(";", "");
      String name = update.replaceAll("\\W", "");
      if (update.matches("\\w+(\\+\\+|--)|(\\+\\+|--)\\w+")) {
        draft.replace(
            "loop.step",
            0,
            f.getUpdate().get(0),
            name + (update.contains("+") ? " += 2" : " -= 2"));
        for (StatementTree s : f.getInitializer()) {
          if (s instanceof VariableTree v
              && v.getInitializer() != null
              && f.getCondition() != null) {
            reversed(site, f, v, draft);
          }
        }
      }
    }
    if (f.getUpdate().isEmpty()
        && f.getInitializer().size() == 1
        && f.getInitializer().get(0) instanceof VariableTree v) {
      int close = text.lastIndexOf(')', site.file().start(f.getStatement()));
      draft.insert("loop.step", 0, close, v.getName() + "++");
      draft.insert("loop.step", 0.5, close, v.getName() + "--");
    }
  }

  /** {@code for (i = 0; i < n; i++)} as {@code for (i = n - 1; i >= 0; i--)} and the reverse. */
  private static void reversed(Site site, ForLoopTree f, VariableTree v, Draft draft) {
    if (!(f.getCondition() instanceof com.sun.source.tree.BinaryTree c)
        || !site.text(c.getLeftOperand()).equals(v.getName().toString())) {
      return;
    }
    String from = site.text(v.getInitializer());
    String to = site.text(c.getRightOperand());
    String name = v.getName().toString();
    String update = site.text(f.getUpdate().get(0)).replace(";", "");
    List<Edit> edits = new ArrayList<>();
    boolean up = update.contains("++");
    edits.add(
        new Edit(
            site.file().start(v.getInitializer()),
            site.file().end(v.getInitializer()),
            up ? (c.getKind() == Tree.Kind.LESS_THAN ? to + " - 1" : to) : to));
    edits.add(
        new Edit(site.file().start(c), site.file().end(c), name + (up ? " >= " : " <= ") + from));
    int start = site.file().start(f.getUpdate().get(0));
    edits.add(new Edit(start, start + update.length(), name + (up ? "--" : "++")));
    draft.edits("loop.reverse", 0, edits);
  }
}
