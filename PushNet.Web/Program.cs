using System.CommandLine;
using PushNet.Web.Commands;
using PushNet.Web.Commands.Feed;
using PushNet.Web.Commands.Ops;

var root = new RootCommand("PushNet pushes live scores and odds over WebSockets.")
{
    ServeCommand.Create(), KeysCommand.Create(), BoardCommand.Create(), BoardLogCommand.Create(), FeedCommand.Create(), OpsCommand.Create(),
};
ServeCommand.MakeDefaultOf(root);

// An argument that begins with @ is an argument, not a file with further arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

// The server has its own handling of signals, which drains.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
