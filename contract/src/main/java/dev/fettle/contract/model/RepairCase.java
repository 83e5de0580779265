package dev.fettle.contract.model;

import dev.fettle.contract.spi.SourceTree;
import java.util.Optional;

/**
 * Everything a candidate is judged against.
 *
 * @param test the reproduction, if one was made
 */
public record RepairCase(
    Incident incident,
    Diagnosis diagnosis,
    SourceTree tree,
    ProjectModel project,
    Optional<TestDraft> test) {}
