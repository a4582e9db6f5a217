namespace PushNet.Web.Documents;

/// <summary>What the OpenAPI document says about a route beyond what its code shows.</summary>
/// <param name="Answer">The name of its answer's schema in <see cref="AnswerSchemas"/>.</param>
/// <param name="Errors">The statuses of errors that it may answer.</param>
internal sealed record AnswerDescription(string Answer, params int[] Errors);
