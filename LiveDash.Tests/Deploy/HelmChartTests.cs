using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using LiveDash.Tests.Architecture;
using LiveDash.Web;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace LiveDash.Tests.Deploy;

/// <summary>The Helm chart, filled in with several sets of values: every object is of its kind without unknown fields, and the parts fit together.</summary>
public sealed class HelmChartTests
{
    private const string Chart = "deploy/helm/livedash/";

    private static readonly Dictionary<string, Type> s_kinds = new(StringComparer.Ordinal)
    {
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
    };

    [Fact]
    public async Task Values_OfTheChart_KeepItsSchemaAndAWrongOneDoesNot()
    {
        var schema = await JsonSchema.FromJsonAsync(Read("values.schema.json"));

        Assert.Empty(schema.Validate(Typed(Values()).ToJsonString()));
        Assert.NotEmpty(schema.Validate(Typed(Values("workers.replica=2")).ToJsonString()));
        Assert.NotEmpty(schema.Validate(Typed(Values("server.securityMode=loopback")).ToJsonString()));
        var chart = new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(Read("Chart.yaml"));
        Assert.Equal(("v2", "livedash"), (chart["apiVersion"], chart["name"]));
    }

    [Fact]
    public void Default_Values_AreOneServerThatDrawsItself()
    {
        var all = Objects();

        Assert.Equal(["Deployment dash-server", "PersistentVolumeClaim dash-data", "Service dash-server"], Names(all));
        var server = all.OfType<V1Deployment>().Single();
        Assert.Equal("livedash:1.0.0", server.Spec.Template.Spec.Containers.Single().Image);
        Assert.Equal("Recreate", server.Spec.Strategy.Type);
        Assert.DoesNotContain(server.Spec.Template.Spec.Containers.Single().Env, static e => e.Name.Contains("PostgreSQL", StringComparison.Ordinal));
    }

    [Fact]
    public void Workers_WithADatabase_AreStartedAsTheProgramUnderstandsAndAreNotAllDrained()
    {
        var all = Objects("database.secret=db", "workers.replicas=3", "workers.keySecret=key", "ingress.enabled=true", "ingress.tlsSecret=tls", "ingress.className=nginx", "ingress.knownProxy=10.0.0.1", "server.storage.className=fast", "server.settings.LiveDash__Storage__RetentionDays=30");

        Assert.Equal(["Deployment dash-server", "Deployment dash-worker", "Ingress dash-server", "PersistentVolumeClaim dash-data", "PodDisruptionBudget dash-worker", "Service dash-server"], Names(all));
        var (server, worker) = (all.OfType<V1Deployment>().Single(static d => d.Metadata.Name == "dash-server"), all.OfType<V1Deployment>().Single(static d => d.Metadata.Name == "dash-worker"));
        Assert.Equal(3, worker.Spec.Replicas);
        var (options, fault) = WorkerCommand.Read([.. worker.Spec.Template.Spec.Containers.Single().Args.Skip(1)], "secret", null, "Host=db");
        Assert.True(options is not null, fault);
        var service = all.OfType<V1Service>().Single();
        Assert.Equal((service.Metadata.Name, 5000), (options.Server!.Host, options.Server.Port));
        Assert.All(service.Spec.Selector, s => Assert.Equal(s.Value, server.Spec.Template.Metadata.Labels[s.Key]));
        var budget = all.OfType<V1PodDisruptionBudget>().Single();
        Assert.Equal("1", budget.Spec.MinAvailable);
        Assert.All(budget.Spec.Selector.MatchLabels, s => Assert.Equal(s.Value, worker.Spec.Template.Metadata.Labels[s.Key]));
        var environment = server.Spec.Template.Spec.Containers.Single().Env.ToDictionary(static e => e.Name, static e => e.Value ?? $"{e.ValueFrom.SecretKeyRef.Name}/{e.ValueFrom.SecretKeyRef.Key}");
        Assert.Equal(("db/connection", "db/connection", "key/key", "30", "10.0.0.1"), (
            environment["LiveDash__Storage__PostgreSQL"], environment["LiveDash__Jobs__PostgreSQL"], environment["LiveDash__Jobs__WorkerKey"], environment["LiveDash__Storage__RetentionDays"], environment["LiveDash__Security__KnownProxies__0"]));
        Assert.Equal("fast", all.OfType<V1PersistentVolumeClaim>().Single().Spec.StorageClassName);
        Assert.Equal("tls", all.OfType<V1Ingress>().Single().Spec.Tls.Single().SecretName);
    }

    [Fact]
    public void Pods_OfTheChartAndOfTheFile_AreNotRootAndWriteNowhereElse()
    {
        var pods = Objects("database.secret=db", "workers.replicas=1").OfType<V1Deployment>()
            .Concat(KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(SourceTree.Root, "deploy/kubernetes/livedash.yaml")), s_kinds, strict: true).OfType<V1Deployment>().Where(static d => d.Metadata.Name != "livedash-redis")).ToList();

        Assert.Equal(4, pods.Count);
        Assert.All(pods, static deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            // The server's own patience is 20 s.
            Assert.True(pod.TerminationGracePeriodSeconds > 20);
            var container = pod.Containers.Single();
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Contains(container.VolumeMounts, static m => m.MountPath == "/tmp");
            Assert.All(container.VolumeMounts, m => Assert.Contains(pod.Volumes, v => v.Name == m.Name));
        });
    }

    [Fact]
    public void Template_WhatTheTestDoesNotKnow_IsRefused()
    {
        Assert.Throws<FormatException>(() => new ChartTemplate(Root()).Render("{{ include \"x\" . }}"));
        Assert.Throws<FormatException>(() => new ChartTemplate(Root()).Render("{{ .Values.none }}"));
        Assert.Throws<FormatException>(() => new ChartTemplate(Root()).Render("{{- if .Values.ingress.enabled }} a"));
        Assert.Equal("a: \"1\"\n", new ChartTemplate(Root("image.tag=1")).Render("a: {{ .Values.image.tag | quote }}\n{{- if .Values.ingress.enabled }}\nb: 2\n{{- end }}\n"));
    }

    private static List<object> Objects(params string[] set) =>
        [.. Directory.GetFiles(Path.Combine(SourceTree.Root, Chart, "templates"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(file => new ChartTemplate(Root(set)).Render(File.ReadAllText(file)))
            .Where(static text => !string.IsNullOrWhiteSpace(text))
            .SelectMany(static text => KubernetesYaml.LoadAllFromString(text, s_kinds, strict: true))];

    private static IEnumerable<string> Names(List<object> all) =>
        all.Cast<IKubernetesObject<V1ObjectMeta>>().Select(static one => $"{one.GetType().Name[2..]} {one.Metadata.Name}").Order(StringComparer.Ordinal);

    private static Dictionary<string, object?> Root(params string[] set) => new(StringComparer.Ordinal)
    {
        ["Values"] = Values(set),
        ["Release"] = new Dictionary<object, object?> { ["Name"] = "dash" },
        ["Chart"] = new Dictionary<object, object?> { ["AppVersion"] = "1.0.0" },
    };

    // As helm --set does.
    private static Dictionary<object, object?> Values(params string[] set)
    {
        var values = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(Read("values.yaml"));
        foreach (var one in set)
        {
            var (path, value) = (one.Split('=')[0].Split('.'), one.Split('=')[1]);
            var map = values;
            foreach (var name in path[..^1]) map = (Dictionary<object, object?>)map[name]!;
            map[path[^1]] = value;
        }

        return Booleans(values);
    }

    private static Dictionary<object, object?> Booleans(Dictionary<object, object?> map)
    {
        foreach (var key in map.Keys.ToList())
        {
            if (map[key] is Dictionary<object, object?> inner) Booleans(inner);
            else if (map[key] is "true" or "false") map[key] = map[key] is "true";
        }

        return map;
    }

    private static JsonNode Typed(object? value) => value switch
    {
        Dictionary<object, object?> map => new JsonObject(map.Select(static one => KeyValuePair.Create((string)one.Key, (JsonNode?)Typed(one.Value)))),
        bool yes => JsonValue.Create(yes),
        string text when int.TryParse(text, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create((string?)value ?? "")!,
    };

    private static string Read(string name) => File.ReadAllText(Path.Combine(SourceTree.Root, Chart, name));
}
