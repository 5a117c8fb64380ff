# SPDX-License-Identifier: Apache-2.0
# Sidekiq as a queue program: ruby sidekiq_program.rb FOLDER STORE [WORK]. The twin of program.mjs and bullmq.mjs, which
# say more; workers are processes of their own.
require "json"
require "pathname"
require "securerandom"
require "sidekiq"
require "sidekiq/api"

Encoding.default_external = Encoding::UTF_8
HANGING = Pathname(__dir__) / "hanging"
STORE = JSON.parse(ARGV[1])
abort "Sidekiq has no prefix" if STORE.key?("prefix")

# What the library prints must not get between the lines of JSON: it goes where the errors go.
unless ENV.key?("LAB_OUTPUT")
  ENV["LAB_OUTPUT"] = $stdout.dup.tap { |copy| copy.autoclose = false }.fileno.to_s
  $stdout.reopen($stderr)
end
OUTPUT = IO.for_fd(ENV["LAB_OUTPUT"].to_i, "w", autoclose: false)

def say(line)
  OUTPUT.syswrite(JSON.generate(line) + "\n") # whole among those of other processes as long as it is below 4 kB
end

def note(event, queue, *jobs)
  jobs.each_slice(50) { |some| say(event: event, queue: queue, jobs: some, at: (Time.now.to_f * 1000).to_i) }
end

# What is done for every job, in a thread of the worker.
class Lab
  include Sidekiq::Worker

  def perform(queue, data)
    note("started", queue, jid)
    sleep(data.fetch("ms", 0) / 1000.0)
    hang if data["hang"]
    if data["fail"]
      note("failed", queue, jid)
      raise data["fail"]
    end
    note("completed", queue, jid)
  end

  private

  def hang
    HANGING.mkpath
    file = HANGING / jid
    file.write("")
    sleep(0.02) while file.exist?
  end
end

# Requests of the same names, with the same parameters. Options of a job are those of Sidekiq::Client.push, such as at and
# retry; options of a worker are concurrency and name.
module Requests
  WORKERS = []

  module_function

  def add(queue:, name:, data:, options:)
    job = Sidekiq::Client.push({"class" => "Lab", "queue" => queue, "args" => [queue, data]}.merge(options))
    note("added", queue, job)
    job
  end

  def fill(queues:, count:, name:, data:, options:)
    queues.each do |queue|
      Array.new(count) { [queue, data] }.each_slice(5000) do |some|
        jobs = Sidekiq::Client.push_bulk({"class" => "Lab", "queue" => queue, "args" => some}.merge(options))
        note("added", queue, *jobs)
      end
    end
    nil
  end

  # Sidekiq has only one set of each for all queues, but the jobs that wait. Busy is by the heartbeat, every 5 s.
  def counts(queue)
    {
      enqueued: Sidekiq::Queue.new(queue).size,
      busy: Sidekiq::WorkSet.new.size,
      scheduled: Sidekiq::ScheduledSet.new.size,
      retry: Sidekiq::RetrySet.new.size,
      dead: Sidekiq::DeadSet.new.size
    }
  end

  def queue(queue:, method:, args:)
    case method
    when "getJobCounts" then counts(queue)
    when "getWorkers" then Sidekiq::ProcessSet.new.select { |one| one["queues"].include?(queue) }.map(&:identity)
    when "drain" then Sidekiq::Queue.new(queue).clear
    else raise "the library has no #{method} here"
    end
  end

  def work(queue:, options:)
    options = {"name" => SecureRandom.hex}.merge(options)
    arguments = JSON.generate(options.merge("queue" => queue))
    output = OUTPUT.fileno
    WORKERS << Process.spawn(File.join(ARGV[0], "ruby"), __FILE__, *ARGV, arguments, in: :close, output => output, pgroup: true)
    300.times do
      return WORKERS.size - 1 if Sidekiq::ProcessSet.new.any? { |one| one.tag == options["name"] }
      sleep(0.1)
    end
    raise "waited in vain for the worker"
  end

  def worker(worker:, method:, args:)
    raise "the library has no #{method} here" unless method == "close"
    Process.kill("TERM", WORKERS[worker.to_i])
    Process.wait(WORKERS[worker.to_i])
    nil
  end

  def release(job: nil)
    HANGING.glob(job || "*").each(&:delete)
    nil
  end

  def close
    WORKERS.each_index { |number| worker(worker: number, method: "close", args: []) }
    nil
  end
end

def answer(request)
  operation = request.delete(:do)
  number = request.delete(:id)
  say(id: number, value: Requests.public_send(operation, **request))
rescue => error
  say(id: number, error: error.message)
end

# Until there is nobody left who could ask.
def serve
  $stdin.each_line do |line|
    request = JSON.parse(line).transform_keys(&:to_sym)
    Thread.new { answer(request) }
  end
  Requests::WORKERS.each do |worker|
    Process.kill("KILL", -worker)
  rescue Errno::ESRCH
    next # it had ended
  end
  exit!
end

def be_worker(options)
  require "sidekiq/cli"
  Sidekiq.logger.level = Logger::WARN
  sidekiq = Sidekiq::CLI.instance
  concurrency = options.fetch("concurrency", 1).to_s
  sidekiq.parse(["-r", __FILE__, "-q", options["queue"], "-c", concurrency, "-g", options["name"]])
  sidekiq.run(boot_app: false)
end

Sidekiq.redis = {url: "redis://#{STORE["host"]}:#{STORE["port"]}/0"}
ARGV.size > 2 ? be_worker(JSON.parse(ARGV[2])) : serve
