using PushNet.Bench;

return await BenchCommands.Root().Parse(args).InvokeAsync();
