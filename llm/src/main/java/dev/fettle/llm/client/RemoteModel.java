package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Tokens;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt at one question over the network, by LangChain4j. Asks the server to keep to the
 * schema while decoding; a server that refuses that is not asked so again. Thread-safe.
 */
final class RemoteModel implements LanguageModel {
  private final LlmSettings settings;
  private final Call call;
  private final AtomicBoolean constrained = new AtomicBoolean(true);

  RemoteModel(LlmSettings settings, Call call) {
    this.settings = settings;
    this.call = call;
  }

  @Override
  public String name() {
    return settings.display();
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    boolean schema = constrained.get();
    Call.Ended first = attempt(question, deadline, schema);
    if (schema && first.status() == 400 && !deadline.passed()) {
      Call.Ended plain = attempt(question, deadline, false);
      if (plain.reply() instanceof Reply.Answered) {
        constrained.set(false);
      }
      return plain.reply();
    }
    return first.reply();
  }

  private Call.Ended attempt(Question question, Deadline deadline, boolean schema) {
    return call.made(
        deadline,
        http -> answered(question, model(http, question).chat(request(question, schema))));
  }

  private Answer answered(Question question, ChatResponse response) {
    String said = response.aiMessage() == null ? null : response.aiMessage().text();
    String text = said == null ? "" : said;
    TokenUsage usage = response.tokenUsage();
    Integer in = usage == null ? null : usage.inputTokenCount();
    Integer out = usage == null ? null : usage.outputTokenCount();
    boolean counted = in != null && out != null && in >= 0 && out >= 0;
    return new Answer(
        text,
        name(),
        counted ? Objects.requireNonNull(in) : question.estimatedTokens(),
        counted ? Objects.requireNonNull(out) : Tokens.of(text),
        !counted);
  }

  private static ChatRequest request(Question question, boolean schema) {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(SystemMessage.from(question.system()), UserMessage.from(question.user()))
            .maxOutputTokens(null);
    if (schema) {
      request.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(
                  JsonSchema.builder()
                      .name(question.schema().name())
                      .rootElement(JsonRawSchema.from(question.schema().text()))
                      .build())
              .build());
    }
    return request.build();
  }

  private ChatModel model(CallHttp http, Question question) {
    CallHttp.Builder transport = new CallHttp.Builder(http);
    String key = settings.key().map(LlmSettings.Secret::reveal).orElse("none");
    Double temperature =
        settings.temperature().isPresent() ? settings.temperature().getAsDouble() : null;
    return switch (settings.provider()) {
      case OPENAI, OPENAI_COMPATIBLE -> {
        OpenAiChatModel.OpenAiChatModelBuilder builder =
            OpenAiChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(settings.baseUrl())
                .apiKey(key)
                .modelName(settings.model())
                .temperature(temperature)
                .strictJsonSchema(true)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .maxRetries(0);
        // The newer models of one vendor refuse the old name, other servers know no other.
        yield settings.provider() == dev.fettle.llm.settings.Provider.OPENAI
            ? builder.maxCompletionTokens(question.maxTokens()).build()
            : builder.maxTokens(question.maxTokens()).build();
      }
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .apiKey(key)
              .modelName(settings.model())
              .temperature(temperature)
              .maxTokens(question.maxTokens())
              .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .modelName(settings.model())
              .temperature(temperature)
              .numPredict(question.maxTokens())
              .numCtx(question.estimatedTokens() + question.maxTokens())
              .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
              .maxRetries(0)
              .build();
      case REPLAY, EXCHANGE, NONE ->
          throw new IllegalStateException(settings.provider() + " is not reached over the network");
    };
  }
}
