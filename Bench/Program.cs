using Bench.Commands;

return await CommandLine.RunAsync(args);
