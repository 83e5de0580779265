package dev.fettle.agent.heal.remedy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to go on after a failure. Each case has a page {@code docs/remedies/<page>.md} that names
 * its literature, a program that it heals and one that it refuses.
 */
sealed interface Remedy
    permits SkipStatement,
        SkipIteration,
        LeaveLoop,
        TakeBranch,
        ReturnValue,
        SupplyValue,
        InitializeNull,
        CorrectIndex,
        GrowContainer,
        MakeMutable,
        IterateCopy,
        RetryStatement,
        ReuseHandler {

  /** Lower case and dashes; what events, the prior and people call it. */
  String name();

  /** The page that describes it; several remedies may share one. */
  String page();

  /** Null when it does not fit the failure at hand. */
  @Nullable Plan plan(Scene scene);

  /**
   * What fits failures to come at the same place, with other values, where {@link #plan} fits the
   * one at hand not; null for nothing.
   */
  default @Nullable Plan later(Scene scene) {
    return null;
  }

  /** Every remedy, in the order that decides between equal ones: the mildest first. */
  static List<Remedy> all() {
    return List.of(
        new CorrectIndex(),
        new SupplyValue(SupplyValue.Source.PREFIX),
        new SupplyValue(SupplyValue.Source.CONVERTED),
        new SupplyValue(SupplyValue.Source.FOLDED),
        new SupplyValue(SupplyValue.Source.CLAMPED),
        new SupplyValue(SupplyValue.Source.NEIGHBOR),
        new SupplyValue(SupplyValue.Source.PREVIOUS),
        new SupplyValue(SupplyValue.Source.SIBLING),
        new SupplyValue(SupplyValue.Source.EMPTY),
        new SupplyValue(SupplyValue.Source.DEFAULT),
        new InitializeNull(InitializeNull.With.NEW),
        new InitializeNull(InitializeNull.With.SIBLING),
        new GrowContainer(),
        new MakeMutable(),
        new IterateCopy(),
        new RetryStatement(),
        new ReuseHandler(),
        new LeaveLoop(),
        new SkipIteration(),
        new TakeBranch(TakeBranch.Way.OPERAND_FALSE),
        new TakeBranch(TakeBranch.Way.OPERAND_TRUE),
        new TakeBranch(TakeBranch.Way.FALSE),
        new TakeBranch(TakeBranch.Way.TRUE),
        new SkipStatement(),
        new ReturnValue(ReturnValue.Source.RESULT),
        new ReturnValue(ReturnValue.Source.EMPTY),
        new ReturnValue(ReturnValue.Source.DEFAULT));
  }
}
