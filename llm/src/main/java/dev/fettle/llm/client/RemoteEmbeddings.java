package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.vector.VectorQuestion;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/**
 * Asks a provider for the vectors of texts, by LangChain4j; a question and its answer have the form
 * of {@link VectorQuestion}. Thread-safe.
 */
final class RemoteEmbeddings implements LanguageModel {
  private final LlmSettings settings;
  private final String model;
  private final Call call;

  /**
   * @param model of embeddings, as the provider names it
   */
  RemoteEmbeddings(LlmSettings settings, String model, Call call) {
    this.settings = settings;
    this.model = model;
    this.call = call;
  }

  @Override
  public String name() {
    return settings.provider().word() + ":" + model;
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    List<TextSegment> texts =
        VectorQuestion.texts(question).stream().map(TextSegment::from).toList();
    return call.made(deadline, http -> answered(question, embeddings(http).embedAll(texts)))
        .reply();
  }

  private Answer answered(Question question, Response<List<Embedding>> response) {
    TokenUsage usage = response.tokenUsage();
    Integer in = usage == null ? null : usage.inputTokenCount();
    boolean counted = in != null && in >= 0;
    return new Answer(
        VectorQuestion.answer(response.content().stream().map(Embedding::vector).toList()),
        name(),
        in != null && in >= 0 ? in : question.estimatedTokens(),
        0,
        !counted);
  }

  private EmbeddingModel embeddings(CallHttp http) {
    CallHttp.Builder transport = new CallHttp.Builder(http);
    return switch (settings.provider()) {
      case OPENAI, OPENAI_COMPATIBLE ->
          OpenAiEmbeddingModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .apiKey(settings.key().map(LlmSettings.Secret::reveal).orElse("none"))
              .modelName(model)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaEmbeddingModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .modelName(model)
              .maxRetries(0)
              .build();
      case ANTHROPIC, REPLAY, EXCHANGE, NONE ->
          throw new IllegalStateException(settings.provider() + " has no embeddings");
    };
  }
}
