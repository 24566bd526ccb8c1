using System.Globalization;
using LiveDash.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var benchmarks = typeof(IBenchmark).Assembly.GetTypes()
    .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
    .Select(static type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(static benchmark => benchmark.Name, StringComparer.Ordinal)
    .ToList();
var chosen = benchmarks.Find(benchmark => args.Length > 0 && benchmark.Name == args[0]);
if (chosen is not null) return await chosen.RunAsync(args[1..]);

Console.WriteLine("dotnet run -c Release --project LiveDash.Benchmarks -- NAME [options]");
foreach (var benchmark in benchmarks) Console.WriteLine($"  {benchmark.Name,-12} {benchmark.About}");
return args.Length == 0 ? 0 : 2;
