package dev.fettle.engine.loop;

import dev.fettle.contract.model.Policy;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.FaultLocalizer;
import dev.fettle.contract.spi.Journal;
import dev.fettle.contract.spi.Knowledge;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.Reproducer;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.engine.validate.Budget;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Who plays the road for one repository.
 *
 * @param channels in the order of delivery: what should be fast comes first
 * @param policy what may be delivered for a tree, the server's ceiling applied
 * @param later runs confirmations beside the road
 * @param clock for the journal
 * @param nanos monotonic, for budgets
 */
public record Roles(
    Journal journal,
    Knowledge knowledge,
    Revisions revisions,
    ProjectReader projects,
    List<FaultLocalizer> localizers,
    List<Reproducer> reproducers,
    List<PatchGenerator> generators,
    List<ValidationStep> steps,
    Laboratory laboratory,
    List<DeliveryChannel> channels,
    Function<SourceTree, Policy> policy,
    Budget budget,
    Executor later,
    InstantSource clock,
    LongSupplier nanos) {
  public Roles {
    localizers = List.copyOf(localizers);
    reproducers = List.copyOf(reproducers);
    generators = List.copyOf(generators);
    steps = List.copyOf(steps);
    channels = List.copyOf(channels);
  }
}
