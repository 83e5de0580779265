package dev.fettle.contract.spi;

import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestDraft;
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
