using System.CommandLine;
using PushNet.Web.Commands;
using PushNet.Web.Commands.Feed;
using PushNet.Web.Commands.Ops;

var root = new RootCommand("PushNet pushes live scores and odds over WebSockets.") { ServeCommand.Create(), KeysCommand.Create(), FeedCommand.Create(), OpsCommand.Create() };
ServeCommand.MakeDefaultOf(root);

// The host has its own handling of Ctrl-C and SIGTERM, which drains.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
