using System.Text.Json;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PushNet.Web.Operators.Commands;

/// <summary>The commands for shells within the process: Petabridge.Cmd, in builds with <c>-p:PetabridgeCmd=true</c>.</summary>
internal static class OperatorShell
{
    public static void AddTo(AkkaConfigurationBuilder akka, IServiceProvider services)
    {
#if PETABRIDGE_CMD
        OperatorPalette.AddTo(akka, services);
#endif
    }

    /// <summary>Runs a command, and tells as text what it did or why it can't be done.</summary>
    public static async Task<string> AnswerAsync(
        IServiceProvider services, OperatorCommand command, IEnumerable<KeyValuePair<string, string>> given)
    {
        try
        {
            var answer = await command.DoAsync(services, given);
            var options = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var text = new StringWriter();
            AnswerText.Console(text).Write(AnswerText.Of(JsonSerializer.SerializeToNode(answer, answer.GetType(), options)));
            return text.ToString();
        }
        catch (CommandException e)
        {
            return e.Message;
        }
    }
}
