using k8s;
using k8s.Models;
using PushNet.Tests.Settings;
using PushNet.Web.Security;

namespace PushNet.Tests.Deployment;

/// <summary>deploy/kubernetes, read strictly by the types of the API: a field that it does not have is a fault.</summary>
public sealed class KubernetesTests
{
    private static readonly string Text = File.ReadAllText(DocsTests.PathOf("deploy/kubernetes/pushnet.yaml"));

    private static readonly List<object> Objects = KubernetesYaml.LoadAllFromString(Text, strict: true);

    private static V1PodTemplateSpec Pod => Assert.Single(Objects.OfType<V1Deployment>()).Spec.Template;

    private static V1Container Server => Assert.Single(Pod.Spec.Containers);

    [Fact]
    public void Nothing_is_written_that_the_api_does_not_have() => Assert.ThrowsAny<Exception>(
        () => KubernetesYaml.LoadAllFromString(Text.Replace("replicas:", "replica:", StringComparison.Ordinal), strict: true));

    [Fact]
    public void The_settings_are_the_servers()
    {
        var options = SettingsGiven.Read([.. Server.Env.Select(setting => (
            setting.Name["PushNet__".Length..].Replace("__", ":", StringComparison.Ordinal), setting.Value ?? new string('0', 64)))]);

        Assert.Equal(KeyScope.Metrics, Assert.Single(options.ApiKeys).Scopes);
        Assert.EndsWith($":{Port("metrics")}", options.Operator.Metrics.Url, StringComparison.Ordinal);
        var secret = Assert.Single(Server.Env, setting => setting.ValueFrom is not null).ValueFrom.SecretKeyRef;
        Assert.Contains($"create secret generic {secret.Name} --from-literal={secret.Key}=", Text);
    }

    [Fact]
    public void A_stop_has_the_time_that_it_takes()
    {
        var window = SettingsGiven.Read(("Drain:Window", Server.Env.Single(setting => setting.Name == "PushNet__Drain__Window").Value))
            .Drain.Window;
        var sleep = int.Parse(Server.Lifecycle.PreStop.Exec.Command[1]);

        Assert.True(Pod.Spec.TerminationGracePeriodSeconds >= sleep + window.TotalSeconds + 10);
    }

    [Fact]
    public void Services_probes_and_the_budget_find_the_server()
    {
        Assert.All(Objects.OfType<V1Service>(), service => Assert.Equal(Pod.Metadata.Labels, service.Spec.Selector));
        Assert.All(Objects.OfType<V1Service>().SelectMany(service => service.Spec.Ports), port => Port(port.TargetPort.Value));
        Assert.Equal(Pod.Metadata.Labels, Assert.Single(Objects.OfType<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels);
        Assert.Equal(("/health/ready", "/health/ready", "/health/live"), (
            Server.StartupProbe.HttpGet.Path, Server.ReadinessProbe.HttpGet.Path, Server.LivenessProbe.HttpGet.Path));
        Assert.All(
            new[] { Server.StartupProbe, Server.ReadinessProbe, Server.LivenessProbe }, probe => Port(probe.HttpGet.Port.Value));
        Assert.Equal(
            Assert.Single(Objects.OfType<V1PersistentVolumeClaim>()).Metadata.Name,
            Assert.Single(Pod.Spec.Volumes, volume => volume.PersistentVolumeClaim is not null).PersistentVolumeClaim.ClaimName);
    }

    private static int Port(string name) => Assert.Single(Server.Ports, port => port.Name == name).ContainerPort;
}
