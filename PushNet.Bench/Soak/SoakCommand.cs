using System.CommandLine;

namespace PushNet.Bench.Soak;

/// <summary>The command <c>soak</c>.</summary>
internal static class SoakCommand
{
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long.", DefaultValueFactory = _ => 15 };
    private static readonly Option<int> Clients = new("--clients")
    {
        Description = "Clients that come and go.",
        DefaultValueFactory = _ => 200,
    };
    private static readonly Option<double> Rate = new("--rate") { Description = "Events per second.", DefaultValueFactory = _ => 300 };

    public static Command Create()
    {
        var soak = new Command(
            "soak",
            "Lets clients of all kinds come and go while the server's clock steps and its open files are used up; fails when something "
                + "grows.")
        {
            Minutes, Clients, Rate,
        };
        soak.SetAction(async parsed =>
        {
            var run = new SoakRun(TimeSpan.FromMinutes(parsed.GetValue(Minutes)), parsed.GetValue(Clients), parsed.GetValue(Rate));
            var readings = await run.RunAsync(Console.Out);
            Console.WriteLine();
            Console.WriteLine(SoakReport.TableOf(readings));
            var faults = SoakReport.FaultsOf(readings).ToList();
            faults.ForEach(fault => Console.WriteLine($"FAILED: {fault}"));
            return faults.Count == 0 ? 0 : 1;
        });
        return soak;
    }
}
