package dev.fettle.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Reproduction;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.model.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract's records as JSON. A sealed type carries its case under {@code @type} by a name that
 * stands in this file, never by a class name. Names here are written to disk: they do not change.
 * Immutable.
 */
final class Json {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .addMixIn(CapturedValue.class, CapturedValues.class)
          .addMixIn(Analysis.class, Analyses.class)
          .addMixIn(Reproduction.class, Reproductions.class)
          .addMixIn(StepResult.class, StepResults.class)
          .addMixIn(Verdict.class, Verdicts.class)
          .addMixIn(Plausible.class, Verdicts.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  String write(Object record) {
    return mapper.writeValueAsString(record);
  }

  <T> T read(String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JacksonException e) {
      throw new StorageException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = CapturedValue.Null.class, name = "null"),
    @JsonSubTypes.Type(value = CapturedValue.Scalar.class, name = "scalar"),
    @JsonSubTypes.Type(value = CapturedValue.Text.class, name = "text"),
    @JsonSubTypes.Type(value = CapturedValue.EnumConstant.class, name = "enum"),
    @JsonSubTypes.Type(value = CapturedValue.Sequence.class, name = "sequence"),
    @JsonSubTypes.Type(value = CapturedValue.Mapping.class, name = "mapping"),
    @JsonSubTypes.Type(value = CapturedValue.Composite.class, name = "composite"),
    @JsonSubTypes.Type(value = CapturedValue.Reference.class, name = "reference"),
    @JsonSubTypes.Type(value = CapturedValue.Opaque.class, name = "opaque"),
    @JsonSubTypes.Type(value = CapturedValue.Redacted.class, name = "redacted")
  })
  private interface CapturedValues {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Diagnosis.class, name = "diagnosis"),
    @JsonSubTypes.Type(value = Undiagnosed.class, name = "undiagnosed")
  })
  private interface Analyses {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Reproduction.Reproduced.class, name = "reproduced"),
    @JsonSubTypes.Type(value = Reproduction.NotReproduced.class, name = "not-reproduced")
  })
  private interface Reproductions {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StepResult.Passed.class, name = "passed"),
    @JsonSubTypes.Type(value = StepResult.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = StepResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = StepResult.NotApplicable.class, name = "not-applicable"),
    @JsonSubTypes.Type(value = StepResult.Broken.class, name = "broken")
  })
  private interface StepResults {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Invalid.class, name = "invalid"),
    @JsonSubTypes.Type(value = Verdict.Implausible.class, name = "implausible"),
    @JsonSubTypes.Type(value = Plausible.class, name = "plausible"),
    @JsonSubTypes.Type(value = Verdict.Inconclusive.class, name = "inconclusive")
  })
  private interface Verdicts {}
}
